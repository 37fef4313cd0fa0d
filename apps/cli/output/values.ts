/** A value of a figure as a person reads it; the wire's shape decides which kind it is. */
export function valueText(value: unknown, unit: string, currency: string): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'string') return unit === 'money' ? moneyText(value, currency) : value;
  if (typeof value !== 'object') return '–';
  if ('numerator' in value && 'value' in value) return ratioText(value.value, currency);
  if ('mean' in value) return durationText(value);
  return '–';
}

/** A share, or (a text) money for each of something. */
function ratioText(value: unknown, currency: string): string {
  if (typeof value === 'string') return moneyText(value, currency);
  return typeof value === 'number' ? percentText(value) : '–';
}

export const numberText = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });

/** `1 row`, `2 rows`. */
export const countText = (count: number, thing: string): string =>
  `${numberText(count)} ${thing}${count === 1 ? '' : 's'}`;

export const percentText = (share: number): string => `${(share * 100).toFixed(2)} %`;

function moneyText(amount: string, currency: string): string {
  const [whole = '0', fraction] = amount.split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return `${grouped}${fraction === undefined ? '' : `.${fraction}`} ${currency}`;
}

function durationText(value: object): string {
  const { mean, p50, unit } = value as { readonly mean: unknown; readonly p50?: unknown; readonly unit?: unknown }; // the answer's shape of a duration
  if (typeof mean !== 'number') return '–';
  const per = unit === 'second' ? 86_400 : 1;
  const of = unit === 'attempt' ? 'attempts' : 'days';
  const median = typeof p50 === 'number' ? ` (median ${(p50 / per).toFixed(per === 1 ? 0 : 1)})` : '';
  return `${(mean / per).toFixed(2)} ${of}${median}`;
}
