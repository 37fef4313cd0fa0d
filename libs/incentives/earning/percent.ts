import { fromMillionths, stepsOf } from '#kernel/percent.js';
import type { Percent } from '../plan/terms.js';

/** The sum of percentages of minor units, exact until it is rounded once, half to even. Throws RangeError for a text that is none. */
export const sharesOf = (parts: readonly { readonly percent: Percent; readonly of: number }[]): number =>
  fromMillionths(parts.reduce((sum, { percent, of }) => sum + BigInt(of) * stepsOf(percent), 0n));
