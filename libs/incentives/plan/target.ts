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

/** Whether a value is at or above a target; both are decimal text, which is compared exactly. */
export function isMet(value: string, target: string): boolean {
  const [one, other] = [scaled(value), scaled(target)];
  return one >= other;
}

const SCALE = 20;

function scaled(text: string): bigint {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (match === null) throw new RangeError(`"${text}" is no decimal text`);
  const [, sign, whole = '', fraction = ''] = match;
  const size = BigInt(whole + fraction.slice(0, SCALE).padEnd(SCALE, '0'));
  return sign === '-' ? -size : size;
}
