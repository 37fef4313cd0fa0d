import { splitMoney } from '#kernel/money.js';

/**
 * Splits whole units by weights, by largest remainder, the earlier part first among equals: what `splitMoney` does, on doubles, because it runs several
 * times a path and model. Parts sum to `whole` exactly; one unit may fall to a neighbour where two remainders differ by less than a double can tell.
 * `sum` is the weights' sum, above 0.
 */
export function splitUnits(whole: number, weights: ArrayLike<number>, sum: number): readonly number[] {
  const size = Math.abs(whole);
  const sign = whole < 0 ? -1 : 1;
  const parts = new Array<number>(weights.length);
  const rests = new Array<number>(weights.length);
  let left = size;
  for (let i = 0; i < weights.length; i++) {
    const share = (size * (weights[i] ?? 0)) / sum;
    const part = Math.floor(share);
    parts[i] = part;
    rests[i] = share - part;
    left -= part;
  }
  if (left < 0 || left > weights.length || !Number.isSafeInteger(left))
    return splitMoney({ minor: whole, currency: 'EUR' }, Array.from(weights)).map(({ minor }) => minor);
  for (const place of largest(rests, left)) parts[place] = (parts[place] ?? 0) + 1;
  return sign === 1 ? parts : parts.map((part) => (part === 0 ? 0 : -part));
}

/** Places of the `count` largest, the earlier first among equals. */
function largest(rests: readonly number[], count: number): readonly number[] {
  if (count === 0) return [];
  if (count === 1) {
    let best = 0;
    for (let i = 1; i < rests.length; i++) if ((rests[i] ?? 0) > (rests[best] ?? 0)) best = i;
    return [best];
  }
  const places = Array.from(rests, (_, place) => place);
  return places.sort((a, b) => (rests[b] ?? 0) - (rests[a] ?? 0) || a - b).slice(0, count);
}
