import type { DomainEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import { DAY, END } from './company.js';

const WEEK = 7 * DAY;

/** By how much the story moves so that it ends at `until` or up to six days before: whole weeks, so that its working days stay working days. */
export const shiftTo = (until: Instant): number => Math.floor((until - END) / WEEK) * WEEK;

interface Dated {
  readonly recordedAt: Instant;
  readonly events: readonly DomainEvent[];
}

/** The same append at another time, with the days that its events name. */
export function moved<Append extends Dated>(append: Append, shift: number): Append {
  if (shift === 0) return append;
  return {
    ...append,
    recordedAt: append.recordedAt + shift,
    events: append.events.map((event) => ({
      ...event,
      occurredAt: event.occurredAt + shift,
      data: movedDays(event.data, shift),
    })),
  };
}

/** Members of events' data that are days (`2026-03-01`), not instants. */
const DAYS: ReadonlySet<string> = new Set(['expectedCloseOn', 'until']);

function movedDays<Data>(data: Data, shift: number): Data {
  if (typeof data !== 'object' || data === null) return data;
  const members = Object.entries(data).map(([name, value]: [string, unknown]) => [
    name,
    DAYS.has(name) && typeof value === 'string' ? movedDay(value, shift) : value,
  ]);
  return Object.fromEntries(members) as Data; // the same members
}

const movedDay = (day: string, shift: number): string => new Date(Date.parse(day) + shift).toISOString().slice(0, 10);
