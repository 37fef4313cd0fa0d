import { Binary, MongoClient, MongoError, type Collection } from 'mongodb';
import { randomBytes } from 'node:crypto';
import { DomainError } from '#kernel/errors.js';
import type { KeyStore, SubjectKey } from '../key-store.js';
import { adoptInto, heldIn, type StoredPool } from './adopted-keys.js';
import { keyPools, poolOf } from './key-pools.js';

/** Keys written at once: few at first, more for whoever needs more. */
const FIRST_POOL = 32;
const LARGEST_POOL = 256;
/** Subjects whose key is remembered; the oldest gets another one when it is written about again. */
const SUBJECTS = 50_000;
/** How long a reader may still use a key that another handle destroyed. */
const STALE_MS = 250;
const ANSWER_MS = 10_000;
const DUPLICATE_KEY = 11000;

/** In which pools keys were destroyed, or adopted, in order: what other handles read again. */
interface Destruction {
  readonly _id: number;
  readonly pools: readonly string[];
}

/**
 * Subject keys in a MongoDB database of their own, for machines that share a ledger: `mongodb://…/<database>`. A pool is on the disks of a
 * majority before the first of its keys is used. Every handle draws pools of its own and gives a key to one subject; what is left of
 * a pool in the end is never used. Whose key it is is written nowhere. The database must not share a backup with the ledger: a key that a
 * backup brings back makes what was erased readable again.
 */
export async function openMongoKeyStore({ address }: { readonly address: string }): Promise<KeyStore> {
  const client = clientOf(address);
  const pools: Collection<StoredPool> = client.db().collection('pools');
  const destructions: Collection<Destruction> = client.db().collection('destructions');
  const known = keyPools();
  const subjects = new Map<string, SubjectKey>();
  let left: SubjectKey[] = [];
  let poolSize = FIRST_POOL;
  let drawing: Promise<void> | null = null;
  let seen = 0;
  let looked = -Infinity;

  async function look(): Promise<void> {
    if (performance.now() - looked < STALE_MS) return;
    looked = performance.now();
    await follow();
  }

  async function follow(): Promise<void> {
    const news = await asking(() =>
      destructions
        .find({ _id: { $gt: seen } })
        .sort({ _id: 1 })
        .toArray(),
    );
    const last = news.at(-1);
    if (last === undefined) return;
    await reload(new Set(news.flatMap((one) => one.pools)));
    seen = Math.max(seen, last._id);
  }

  /** Keys go one by one, never a whole pool: an event in hand may still need the others. */
  async function reload(names: ReadonlySet<string>): Promise<void> {
    await load([...names]);
    const isGone = ({ id }: SubjectKey): boolean => {
      const place = poolOf(id);
      return place !== null && names.has(place.name) && known.key(place) === null;
    };
    left = left.filter((one) => !isGone(one));
    // Who was given one of them gets another.
    for (const [subject, one] of subjects) if (isGone(one)) subjects.delete(subject);
  }

  async function load(names: readonly string[]): Promise<void> {
    if (names.length === 0) return;
    const found = await asking(() => pools.find({ _id: { $in: [...names] } }).toArray());
    const byName = new Map(found.map(({ _id, keys }) => [_id, Object.entries(keys ?? {})]));
    for (const name of names) {
      const keys = byName.get(name) ?? [];
      known.put(
        name,
        keys.map(([number, key]) => [Number(number), key.value()]),
      );
    }
  }

  async function lastDestruction(): Promise<number> {
    const [last] = await asking(() => destructions.find().sort({ _id: -1 }).limit(1).toArray());
    return last?._id ?? 0;
  }

  /** Two who destroy at once take different numbers. */
  async function announce(names: readonly string[]): Promise<void> {
    for (;;) {
      const number = (await lastDestruction()) + 1;
      const isTaken = await asking(async () => {
        try {
          await destructions.insertOne({ _id: number, pools: names });
          return false;
        } catch (error) {
          if (error instanceof MongoError && error.code === DUPLICATE_KEY) return true;
          throw error;
        }
      });
      if (!isTaken) return;
    }
  }

  async function draw(): Promise<void> {
    const name = randomBytes(9).toString('base64url');
    const drawn = Array.from({ length: poolSize }, (_, number) => ({
      id: `${name}.${number}`,
      key: new Uint8Array(randomBytes(32)),
    }));
    const keys = Object.fromEntries(drawn.map(({ key }, number) => [number, new Binary(key)]));
    await asking(() => pools.insertOne({ _id: name, keys }));
    poolSize = Math.min(poolSize * 4, LARGEST_POOL);
    left = [...drawn.reverse(), ...left];
  }

  async function give(subject: string): Promise<void> {
    while (!subjects.has(subject)) {
      const key = left.pop();
      if (key === undefined) {
        // One pool for all who wait.
        drawing ??= draw().finally(() => (drawing = null));
        await drawing;
        continue;
      }
      if (subjects.size >= SUBJECTS) forgetOldest(subjects);
      subjects.set(subject, key);
    }
  }

  try {
    seen = await lastDestruction();
  } catch (error) {
    await client.close();
    throw error;
  }
  return {
    async ready({ subjects: wanted = [], ids = [] }) {
      await look();
      const names = new Set(ids.map((id) => poolOf(id)?.name).filter((name) => name !== undefined));
      await load([...names].filter((name) => !known.has(name)));
      for (const subject of wanted) await give(subject);
    },

    keyFor(subject) {
      const key = subjects.get(subject);
      if (key === undefined) throw unavailable('the key has to be fetched first');
      return key;
    },

    key(id) {
      const place = poolOf(id);
      if (place === null) return null;
      if (!known.has(place.name)) throw unavailable('the key has to be fetched first');
      return known.key(place);
    },

    async destroy(ids) {
      const byPool = Map.groupBy(
        ids.map(poolOf).filter((place) => place !== null),
        ({ name }) => name,
      );
      // A place that nothing was adopted for yet is marked as well: nothing will be.
      const updates = [...byPool].map(([_id, places]) => ({
        updateOne: {
          filter: { _id },
          update: {
            $unset: Object.fromEntries(places.map(({ number }) => [`keys.${number}`, '' as const])),
            $set: Object.fromEntries(places.map(({ number }) => [`gone.${number}`, true])),
            $setOnInsert: { adopted: true as const },
          },
          upsert: true,
        },
      }));
      if (updates.length === 0) return;
      await asking(() => pools.bulkWrite(updates));
      await announce([...byPool.keys()]);
      await follow();
    },

    async *held() {
      const read = heldIn(pools);
      try {
        for (let page = await asking(() => read.next()); page.done !== true; page = await asking(() => read.next()))
          yield page.value;
      } finally {
        await read.return();
      }
    },

    async adopt(keys, { tryOnly = false } = {}) {
      const { adoption, names } = await asking(() => adoptInto(pools, keys, { tryOnly }));
      if (tryOnly || names.length === 0) return adoption;
      // Said even where it was all here: whoever was interrupted may not have said it.
      await announce(names);
      await follow();
      return adoption;
    },

    close: () => client.close(),
  };
}

function clientOf(address: string): MongoClient {
  if (!/^mongodb(\+srv)?:\/\/[^/]+\/[^/?]+/.test(address))
    throw new DomainError('malformed', 'PRIVACY.BAD_ADDRESS', 'expected mongodb://host[,host]/database');
  try {
    return new MongoClient(address, {
      appName: 'concord-keys',
      writeConcern: { w: 'majority', journal: true },
      readConcern: { level: 'majority' },
      readPreference: 'primary',
      serverSelectionTimeoutMS: ANSWER_MS / 2,
      socketTimeoutMS: ANSWER_MS,
    });
  } catch (error) {
    throw new DomainError('malformed', 'PRIVACY.BAD_ADDRESS', messageOf(error));
  }
}

async function asking<T>(question: () => Promise<T>): Promise<T> {
  try {
    return await question();
  } catch (error) {
    throw error instanceof MongoError ? unavailable(messageOf(error)) : error;
  }
}

const unavailable = (detail: string): DomainError => new DomainError('unavailable', 'PRIVACY.KEYS_UNAVAILABLE', detail);

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function forgetOldest(subjects: Map<string, SubjectKey>): void {
  const oldest = subjects.keys().next();
  if (oldest.done !== true) subjects.delete(oldest.value);
}
