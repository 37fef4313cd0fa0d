import { METRICS, type Unit } from '#figures/report/metrics.js';
import { didYouMean } from '#kernel/near-match.js';
import { currencyDigits } from '#kernel/money.js';

/** Units of which a whole period has one number that can be compared. */
const UNITS: readonly Unit[] = ['count', 'money', 'ratio'];

/** Why a pool cannot hang on this target of this metric of the glossary; null: it can. `currency`: of money. */
export function targetFault(metric: string, target: string, currency: string): string | null {
  const known = METRICS.get(metric);
  if (known === undefined)
    return `"${metric}" is not a metric${didYouMean(metric, METRICS.keys())}; GET /glossary lists them`;
  if (!UNITS.includes(known.unit)) return `${metric} is a ${known.unit}; a target takes a count, money or a ratio`;
  const decimals = known.unit === 'count' ? 0 : known.unit === 'money' ? currencyDigits(currency) : 6;
  const fraction = decimals === 0 ? '' : `(\\.\\d{1,${decimals}})?`;
  return new RegExp(`^-?\\d{1,12}${fraction}$`).test(target)
    ? null
    : `the target of ${metric} is decimal text with ${decimals === 0 ? 'no' : `at most ${decimals}`} decimals, not "${target}"`;
}

/** Exact: a count over 1, a ratio over what it is a ratio of. The denominator is above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Of two decimal texts; null where the second is 0. */
export function fractionOf(numerator: string, denominator: string): Fraction | null {
  const [above, below] = [scaled(numerator), scaled(denominator)];
  if (below === 0n) return null;
  return below < 0n ? { numerator: -above, denominator: -below } : { numerator: above, denominator: below };
}

/** Whether it is at or above a target in decimal text; exact. */
export const isMet = ({ numerator, denominator }: Fraction, target: string): boolean =>
  numerator * 10n ** BigInt(SCALE) >= scaled(target) * denominator;

/** As decimal text: exact where up to six decimals say it, else cut off after the sixth, so that it never looks like a target that it misses. */
export function fractionText({ numerator, denominator }: Fraction): string {
  const sign = numerator < 0n ? '-' : '';
  const size = ((numerator < 0n ? -numerator : numerator) * 1_000_000n) / denominator;
  const digits = String(size).padStart(7, '0');
  const fraction = digits.slice(-6).replace(/0+$/, '');
  return `${size === 0n ? '' : sign}${digits.slice(0, -6)}${fraction === '' ? '' : `.${fraction}`}`;
}

const SCALE = 20;

function scaled(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d{1,20}))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is no decimal text`);
  const [, sign, whole = '', fraction = ''] = match;
  const size = BigInt(whole + fraction.padEnd(SCALE, '0'));
  return sign === '-' ? -size : size;
}
