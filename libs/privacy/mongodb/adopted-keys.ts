import { Binary, MongoError, type Collection } from 'mongodb';
import { DomainError } from '#kernel/errors.js';
import { sortOut, type Adoption, type Held } from '../adoption.js';
import type { SubjectKey } from '../key-store.js';
import { idOf, poolOf } from './key-pools.js';

/** Keys by their number in the pool; a destroyed one is no longer there. */
export interface StoredPool {
  readonly _id: string;
  readonly keys?: Readonly<Record<string, Binary>>;
  /** Which were destroyed; older pools do not say. */
  readonly gone?: Readonly<Record<string, true>>;
  /** Made for keys of another store, and not necessarily whole. What is missing in a pool drawn here was destroyed. */
  readonly adopted?: true;
}

const DUPLICATE_KEY = 11000;

/**
 * Writes those of the keys that are lacking, a pool at a time, each only where nobody has written or destroyed one of them meanwhile. All
 * pools are looked at before the first is written. `names`: the pools that the keys belong to.
 */
export async function adoptInto(
  pools: Collection<StoredPool>,
  keys: readonly SubjectKey[],
  { tryOnly }: { readonly tryOnly: boolean },
): Promise<{ readonly adoption: Adoption; readonly names: readonly string[] }> {
  const byPool = Map.groupBy(keys, ({ id }) => placeOf(id).name);
  const names = [...byPool.keys()];
  const found = await pools.find({ _id: { $in: names } }).toArray();
  const stored = new Map(found.map((pool) => [pool._id, pool]));
  const all = sortOut(keys, (id) => heldAs(stored.get(placeOf(id).name) ?? null, id));
  if (tryOnly) return { adoption: all.adoption, names };
  const sum = { adopted: 0, known: 0, destroyed: 0 };
  for (const [name, wanted] of byPool) {
    const { adopted, known, destroyed } = await adoptPool(pools, name, wanted, stored.get(name) ?? null);
    sum.adopted += adopted;
    sum.known += known;
    sum.destroyed += destroyed;
  }
  return { adoption: sum, names };
}

async function adoptPool(
  pools: Collection<StoredPool>,
  name: string,
  wanted: readonly SubjectKey[],
  seen: StoredPool | null,
): Promise<Adoption> {
  for (let pool = seen; ; pool = await pools.findOne({ _id: name })) {
    const { lacking, adoption } = sortOut(wanted, (id) => heldAs(pool, id));
    if (lacking.length === 0) return adoption;
    if (pool === null ? await insert(pools, name, lacking) : await fill(pools, name, lacking)) return adoption;
  }
}

/** False: somebody else has made the pool. */
async function insert(pools: Collection<StoredPool>, _id: string, lacking: readonly SubjectKey[]): Promise<boolean> {
  try {
    const keys = Object.fromEntries(lacking.map(({ id, key }) => [placeOf(id).number, new Binary(key)]));
    await pools.insertOne({ _id, keys, adopted: true });
    return true;
  } catch (error) {
    if (error instanceof MongoError && error.code === DUPLICATE_KEY) return false;
    throw error;
  }
}

/** False: one of the places is no longer free. */
async function fill(pools: Collection<StoredPool>, _id: string, lacking: readonly SubjectKey[]): Promise<boolean> {
  const places = lacking.map(({ id, key }) => ({ number: placeOf(id).number, key }));
  const free: Record<string, { readonly $exists: false }> = {};
  for (const { number } of places)
    for (const taken of ['keys', 'gone']) free[`${taken}.${number}`] = { $exists: false };
  const set = Object.fromEntries(places.map(({ number, key }) => [`keys.${number}`, new Binary(key)]));
  const { matchedCount } = await pools.updateOne({ _id, ...free }, { $set: set });
  return matchedCount === 1;
}

/** Pool by pool, in the order of their names. */
export async function* heldIn(pools: Collection<StoredPool>): AsyncGenerator<readonly SubjectKey[], void> {
  for await (const { _id, keys } of pools.find().sort({ _id: 1 })) {
    const held = Object.entries(keys ?? {});
    if (held.length > 0)
      yield held.map(([number, key]) => ({ id: idOf({ name: _id, number: Number(number) }), key: key.value() }));
  }
}

function heldAs(pool: StoredPool | null, id: string): Held {
  const { number } = placeOf(id);
  const key = pool?.keys?.[number];
  if (key !== undefined) return key.value();
  return pool === null || (pool.adopted === true && pool.gone?.[number] === undefined) ? 'nothing' : 'destroyed';
}

function placeOf(id: string): { readonly name: string; readonly number: number } {
  const place = poolOf(id);
  if (place === null) throw new DomainError('malformed', 'PRIVACY.BAD_KEY', 'a key whose id no store gives');
  return place;
}
