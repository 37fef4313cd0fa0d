import { moneyText, type Money } from '#kernel/money.js';
import { instantText, type Instant } from '#kernel/time.js';

/** An event's or a document's content as it stands on the wire: money as decimal text, everything else as it is. */
export function wireData(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(wireData);
  if (isMoney(value)) return moneyText(value);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, wireData(member)]));
}

export const instantOrNull = (at: Instant | null): string | null => (at === null ? null : instantText(at));

const isMoney = (value: object): value is Money =>
  'minor' in value &&
  typeof value.minor === 'number' &&
  'currency' in value &&
  typeof value.currency === 'string' &&
  Object.keys(value).length === 2;
