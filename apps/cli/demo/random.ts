/** A stream of pseudo-random numbers that depends on its seed alone. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  whole(from: number, to: number): number;
  /** Exponential with this mean. */
  exponential(mean: number): number;
  /** Log-normal with this median; `spread` is the standard deviation of the logarithm. */
  logNormal(median: number, spread: number): number;
  pick<Item>(items: readonly [Item, ...Item[]]): Item;
  /** One of the items, in proportion to its weight. */
  weighted<Item extends { readonly weight: number }>(items: readonly [Item, ...Item[]]): Item;
}

/** `seed` and `index` together name the stream: leads are independent of each other and of how many there are. sfc32 by Chris Doty-Humphrey (PractRand). */
export function randomOf(seed: number, index: number): Random {
  let a = mixed(seed, 0x9e3779b9);
  let b = mixed(index, 0x85ebca6b);
  let c = mixed(Math.floor(index / 0x1_0000_0000) ^ seed, 0xc2b2ae35);
  let counter = 1;
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 0x1_0000_0000;
  };
  // The first values still show the seed.
  for (let i = 0; i < 12; i++) next();
  return {
    next,
    chance: (probability) => next() < probability,
    whole: (from, to) => from + Math.floor(next() * (to - from + 1)),
    exponential: (mean) => -mean * Math.log(1 - next()),
    logNormal: (median, spread) =>
      median * Math.exp(spread * Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())),
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
    weighted(items) {
      let left = next() * items.reduce((sum, { weight }) => sum + weight, 0);
      for (const item of items) {
        left -= item.weight;
        if (left < 0) return item;
      }
      return items[0];
    },
  };
}

/** The finaliser of MurmurHash3: neighbouring numbers end up far apart. */
function mixed(value: number, salt: number): number {
  let hash = (value ^ salt) | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
