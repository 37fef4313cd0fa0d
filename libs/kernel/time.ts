import { DomainError } from './errors.js';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Instant = number;

/** Days since 1970-01-01 in the organisation's calendar; compares and subtracts as a number. */
export type DayNumber = number;

const MS_PER_DAY = 86_400_000;

/** `2026-03-01T09:30:00Z`; milliseconds only where there are some. */
export function instantText(at: Instant): string {
  const text = new Date(at).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

const INSTANT = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/;

/** Reads an ISO 8601 instant with an offset, or null. Impossible dates (30 February) are null, never shifted. */
export function parseInstant(text: string): Instant | null {
  const match = INSTANT.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour] = match;
  if (parseDay(`${year ?? ''}-${month ?? ''}-${day ?? ''}`) === null || Number(hour) > 23) return null;
  const at = Date.parse(text.replace(',', '.').replace(/([+-]\d{2})(\d{2})$/, '$1:$2'));
  return Number.isNaN(at) ? null : at;
}

/** `2026-03-01` to its day number, or null. */
export function parseDay(text: string): DayNumber | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== text) return null;
  return ms / MS_PER_DAY;
}

export const dayText = (day: DayNumber): string => new Date(day * MS_PER_DAY).toISOString().slice(0, 10);

/** The one rule on business time: not later than now + 5 minutes (clocks differ). */
export function assertNotInFuture(occurredAt: Instant, now: Instant): void {
  if (occurredAt > now + 5 * 60_000) {
    throw new DomainError(
      'malformed',
      'REQUEST.OCCURRED_IN_FUTURE',
      `occurredAt ${instantText(occurredAt)} lies in the future`,
    );
  }
}
