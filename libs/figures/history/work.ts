import type { LeadTouchedData } from '#leads/events/lead-events.js';
import type { Instant } from '#kernel/time.js';
import { before, inOrder, type Ordered } from './order.js';
import { standingTouches, type TouchLogEntry, type Touches } from './touches.js';

/** The earliest standing touch by marketing. */
export interface TouchMark extends Ordered {
  readonly touchId: string;
}

/** What a person of sales did with the lead. */
export interface SalesTouch extends TouchMark {
  /** Outbound: sales tried to reach the lead. */
  readonly attempt: boolean;
  /** The lead was there. */
  readonly contact: boolean;
}

/** What sourcing and speed to lead need to know of the touches: no more of each kind than is ever asked for. */
export interface Work {
  readonly firstMarketing: TouchMark | null;
  /** By (at, position), the earliest `SALES_KEPT`. */
  readonly sales: readonly SalesTouch[];
}

export const NO_WORK: Work = { firstMarketing: null, sales: [] };

/** Personal touches by sales that are looked at, per lead; no more, so that an event's cost stays bounded. */
export const SALES_KEPT = 256;

/**
 * Whose a touch was: sales', or marketing's (its own, what a machine recorded, and inbound ones that name nobody), else another team's. null:
 * nobody knows.
 */
export function sideOf({ team, direction }: Pick<LeadTouchedData, 'team' | 'direction'>): string | null {
  if (team === null) return direction === 'outbound' ? null : 'marketing';
  return team === 'system' ? 'marketing' : team;
}

const CONTACTS: readonly (string | null)[] = ['connected', 'replied', 'meeting-held'];

export function withTouch(work: Work, data: LeadTouchedData, at: Instant, position: number): Work {
  const mark = { touchId: data.touchId, at, position };
  const side = sideOf(data);
  if (side === 'marketing') {
    return work.firstMarketing === null || before(mark, work.firstMarketing) ? { ...work, firstMarketing: mark } : work;
  }
  if (side !== 'sales' || data.automated) return work;
  const touch = { ...mark, attempt: data.direction === 'outbound', contact: CONTACTS.includes(data.outcome) };
  const last = work.sales[SALES_KEPT - 1];
  if (last !== undefined && before(last, touch)) return work;
  return { ...work, sales: inOrder(work.sales, touch).slice(0, SALES_KEPT) };
}

/** `touches` and `log` as they are after the annulment; the log is read only where marketing's first touch went. */
export function withoutTouch(work: Work, touchId: string, touches: Touches, log: () => readonly TouchLogEntry[]): Work {
  const sales = work.sales.filter((touch) => touch.touchId !== touchId);
  const kept = sales.length === work.sales.length ? work : { ...work, sales };
  if (work.firstMarketing?.touchId !== touchId) return kept;
  let first: TouchMark | null = null;
  for (const { side, touchId, at, position } of standingTouches(touches, touches.chunks > 0 ? log() : [])) {
    const mark = { touchId, at, position };
    if (side === 'marketing' && (first === null || before(mark, first))) first = mark;
  }
  return { ...kept, firstMarketing: first };
}
