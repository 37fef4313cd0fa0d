import { MongoClient, MongoError, type Collection } from 'mongodb';
import { DomainError, refused } from '#kernel/errors.js';
import type { AccessKey } from '../access-key.js';
import type { KeyRegister } from '../key-register.js';

const ANSWER_MS = 10_000;
const DUPLICATE_KEY = 11000;

interface StoredKey extends Omit<AccessKey, 'id'> {
  readonly _id: string;
}

/**
 * Access keys in a MongoDB database, for machines that share a ledger: `mongodb://…/<database>`, the one that keeps the subject keys, away from
 * ledger and read models. Written to a majority's disks, read from it, so that what is revoked is revoked everywhere.
 */
export async function openMongoKeyRegister({ address }: { readonly address: string }): Promise<KeyRegister> {
  const client = clientOf(address);
  const keys: Collection<StoredKey> = client.db().collection('access');
  return {
    async add({ id, ...key }) {
      const isTaken = await asking(async () => {
        try {
          await keys.insertOne({ _id: id, ...key });
          return false;
        } catch (error) {
          if (error instanceof MongoError && error.code === DUPLICATE_KEY) return true;
          throw error;
        }
      });
      if (isTaken) throw refused('ACCESS.KEY_EXISTS', `there is a key "${id}" already`);
    },
    async find(id) {
      const stored = await asking(() => keys.findOne({ _id: id }));
      return stored === null ? null : keyOf(stored);
    },
    list: async () => (await asking(() => keys.find().sort({ createdAt: 1, _id: 1 }).toArray())).map(keyOf),
    async revoke(id, at) {
      const { matchedCount } = await asking(() =>
        keys.updateOne({ _id: id, revokedAt: null }, { $set: { revokedAt: at } }),
      );
      return matchedCount > 0 || (await asking(() => keys.countDocuments({ _id: id }))) > 0;
    },
    async used(id, at) {
      await asking(() => keys.updateOne({ _id: id }, { $max: { lastUsedAt: at } }));
    },
    close: () => client.close(),
  };
}

const keyOf = ({ _id: id, member, role, team, hash, createdAt, lastUsedAt, revokedAt }: StoredKey): AccessKey => ({
  ...{ id, member, role, team, hash, createdAt },
  ...{ lastUsedAt, revokedAt },
});

function clientOf(address: string): MongoClient {
  try {
    return new MongoClient(address, {
      appName: 'concord-access',
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      serverSelectionTimeoutMS: ANSWER_MS / 2,
      socketTimeoutMS: ANSWER_MS,
    });
  } catch (error) {
    throw new DomainError('malformed', 'ACCESS.BAD_ADDRESS', messageOf(error));
  }
}

async function asking<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw error instanceof MongoError
      ? new DomainError('unavailable', 'ACCESS.REGISTER_UNAVAILABLE', messageOf(error))
      : error;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
