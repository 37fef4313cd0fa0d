import type { Percent } from '../plan/terms.js';

/** `"2.5"` as an exact fraction; null unless it is decimal text from 0 to 1000 with up to four decimals. */
export function percentOf(text: Percent): { readonly numerator: bigint; readonly denominator: bigint } | null {
  const match = /^(\d{1,4})(?:\.(\d{1,4}))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  return { numerator: BigInt(whole + fraction), denominator: 100n * 10n ** BigInt(fraction.length) };
}

/** The sum of percentages of minor units, exact until it is rounded once, half to even. Throws RangeError for a text that is none. */
export function sharesOf(parts: readonly { readonly percent: Percent; readonly of: number }[]): number {
  const SCALE = 1_000_000n; // 100 x 10^4: the finest percentage
  let sum = 0n;
  for (const { percent, of } of parts) {
    const share = percentOf(percent);
    if (share === null) throw new RangeError(`"${percent}" is no percentage`);
    sum += (BigInt(of) * share.numerator * SCALE) / share.denominator;
  }
  return halfEven(sum, SCALE);
}

function halfEven(amount: bigint, by: bigint): number {
  const sign = amount < 0n ? -1 : 1;
  const whole = amount < 0n ? -amount : amount;
  const [down, rest] = [whole / by, whole % by];
  const up = rest * 2n > by || (rest * 2n === by && down % 2n === 1n);
  return sign * Number(up ? down + 1n : down) || 0;
}
