import { keyNumber } from '../key-number.js';

/** A key's place: `<pool>.<number in it>`; numbered keys, which an SQLite file has drawn, lie in pools of their own. */
export interface PlaceInPool {
  readonly name: string;
  readonly number: number;
}

const NUMBERED = 'numbered:';
const NUMBERED_IN_POOL = 256;

/** null where that is no key's id. */
export function poolOf(id: string): PlaceInPool | null {
  const found = /^([\w-]+)\.(\d{1,4})$/.exec(id);
  if (found !== null) return { name: found[1] ?? '', number: Number(found[2]) };
  const whole = keyNumber(id);
  if (whole === null) return null;
  const number = whole % NUMBERED_IN_POOL;
  // The colon keeps them apart from every pool that an id can name.
  return { name: `${NUMBERED}${(whole - number) / NUMBERED_IN_POOL}`, number };
}

/** The id of the key at a place. */
export function idOf({ name, number }: PlaceInPool): string {
  if (!name.startsWith(NUMBERED)) return `${name}.${number}`;
  return String(Number(name.slice(NUMBERED.length)) * NUMBERED_IN_POOL + number);
}

/** Pools in memory, the latest read ones; a pool that does not exist is remembered as an empty one. */
export interface KeyPools {
  key(place: PlaceInPool): Uint8Array | null;
  has(name: string): boolean;
  put(name: string, keys: readonly (readonly [number: number, key: Uint8Array])[]): void;
}

/** More than the pages in hand can name, at 8 KB each. */
const POOLS = 8_192;
const KEY_BYTES = 32;

interface Pool {
  readonly bytes: Uint8Array;
  readonly present: ReadonlySet<number>;
  /** The same object for the same key, since what a cipher makes of it is remembered by it. */
  readonly given: Map<number, Uint8Array>;
}

export function keyPools(): KeyPools {
  const pools = new Map<string, Pool>();
  return {
    key({ name, number }) {
      const pool = pools.get(name);
      if (pool?.present.has(number) !== true) return null;
      let key = pool.given.get(number);
      if (key === undefined) {
        key = pool.bytes.subarray(number * KEY_BYTES, (number + 1) * KEY_BYTES);
        pool.given.set(number, key);
      }
      return key;
    },

    has: (name) => pools.has(name),

    put(name, keys) {
      const size = keys.reduce((most, [number]) => Math.max(most, number + 1), 0);
      const bytes = new Uint8Array(size * KEY_BYTES);
      for (const [number, key] of keys) bytes.set(key, number * KEY_BYTES);
      pools.set(name, { bytes, present: new Set(keys.map(([number]) => number)), given: new Map() });
      for (const [oldest] of pools) {
        if (pools.size <= POOLS) break;
        pools.delete(oldest);
      }
    },
  };
}
