import type { ReadStore } from '../read-store.js';
import { asking, isDuplicate, type Connection } from './connection.js';

interface Lease {
  readonly _id: string;
  readonly owner: string;
  /** By the clock of who took it. */
  readonly until: number;
}

/** Clocks of machines differ by less than a lease lasts; where they do not, work is done twice, not wrongly. */
export function leasesOf(connection: Connection): Pick<ReadStore, 'lease' | 'leases' | 'release'> {
  const leases = connection.collection<Lease>('leases');
  return {
    async lease(name, owner, ms) {
      const now = Date.now();
      // Another owner's lease does not match, and then cannot be inserted beside itself.
      const filter = { _id: name, $or: [{ owner }, { until: { $lte: now } }] };
      return asking(async () => {
        try {
          await leases.updateOne(filter, { $set: { owner, until: now + ms } }, { upsert: true });
          return true;
        } catch (error) {
          if (isDuplicate(error)) return false;
          throw error;
        }
      });
    },

    async release(name, owner) {
      await asking(() => leases.deleteOne({ _id: name, owner }));
    },

    async leases(prefix) {
      const held = await asking(() =>
        leases
          .find({ _id: { $gte: prefix }, until: { $gt: Date.now() } })
          .sort({ _id: 1 })
          .toArray(),
      );
      return held.filter(({ _id }) => _id.startsWith(prefix)).map(({ _id, owner }) => ({ name: _id, owner }));
    },
  };
}
