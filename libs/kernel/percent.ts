/** 100 % in ten-thousandths of a percent, the finest that a percentage says. */
export const WHOLE = 1_000_000n;

/** Decimal text from 0 to 100 with up to four decimals ("2.5") in ten-thousandths of a percent; null for any other text. */
export function percentSteps(text: string): bigint | null {
  const match = /^(\d{1,3})(?:\.(\d{1,4}))?$/.exec(text);
  if (match === null) return null;
  const [, whole = '', fraction = ''] = match;
  const steps = BigInt(whole + fraction.padEnd(4, '0'));
  return steps > WHOLE ? null : steps;
}

/** The same of text that was judged before. Throws RangeError for text that is no percentage. */
export function stepsOf(text: string): bigint {
  const steps = percentSteps(text);
  if (steps === null) throw new RangeError(`"${text}" is no percentage from 0 to 100`);
  return steps;
}

/** Minor units from exact millionths of them, rounded half to even, so that many small amounts do not drift. */
export function fromMillionths(exact: bigint): number {
  const size = exact < 0n ? -exact : exact;
  const [down, rest] = [size / WHOLE, size % WHOLE];
  const isUp = rest * 2n > WHOLE || (rest * 2n === WHOLE && down % 2n === 1n);
  const rounded = Number(isUp ? down + 1n : down);
  return exact < 0n && rounded !== 0 ? -rounded : rounded;
}
