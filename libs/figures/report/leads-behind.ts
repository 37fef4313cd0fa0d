import { calendarOf } from '#kernel/calendar.js';
import type { EventStore } from '#event-store/event-store.js';
import { positionOf } from '#kernel/position.js';
import type { DayRange } from '../facts-reader.js';
import { isWithin, passes } from './changes.js';
import type { Filters } from './grouping.js';
import { type FiguresDeps, type Sight } from './sight.js';

/** A lead, and how often a metric counts it. */
export interface LeadBehind {
  readonly lead: string;
  readonly count: number;
}

/** An event may be said to have happened a little after it was recorded. */
const AHEAD_MS = 5 * 60_000;

/**
 * The leads behind a count: every fact names its event, and every event of a lead or its deals its lead. What nothing counts any more is left out; the
 * leads are in the order in which they first counted. `only`: facts of this class.
 */
export async function leadsBehind(
  deps: Pick<FiguresDeps, 'eventStore' | 'organisation'>,
  sight: Sight,
  metric: number,
  asked: { readonly days: DayRange; readonly filters: Filters; readonly only?: number },
): Promise<readonly LeadBehind[]> {
  const after = await firstPosition(deps, asked.days);
  const counts = new Map<number, number>();
  for (const fact of await sight.reader.between(sight.pin, metric, after, sight.upTo)) {
    if (asked.only !== undefined && fact.class !== asked.only) continue;
    if (!isWithin(fact, asked.days) || !passes(fact.dims, asked.filters)) continue;
    counts.set(fact.position, (counts.get(fact.position) ?? 0) + fact.n);
  }
  const leads = new Map<string, number>();
  for (const [position, lead] of await leadsOf(
    deps.eventStore,
    [...counts.keys()].sort((a, b) => a - b),
  )) {
    leads.set(lead, (leads.get(lead) ?? 0) + (counts.get(position) ?? 0));
  }
  return [...leads].filter(([, count]) => count !== 0).map(([lead, count]) => ({ lead, count }));
}

/** Nothing recorded before a day can speak of it, but for the few minutes that clocks may differ. */
async function firstPosition(
  { eventStore, organisation }: Pick<FiguresDeps, 'eventStore' | 'organisation'>,
  { from }: DayRange,
): Promise<number> {
  if (from === null) return 0;
  const start = calendarOf(organisation).startOfDay(from) - AHEAD_MS;
  return start >= Date.now() ? Number(await eventStore.head()) : Number(await eventStore.positionAt(start - 1));
}

/** Envelopes only, in one pass from the first event asked for to the last. */
async function leadsOf(store: EventStore, positions: readonly number[]): Promise<readonly [number, string][]> {
  const [first] = positions;
  const last = positions.at(-1);
  if (first === undefined || last === undefined) return [];
  const wanted = new Set(positions);
  const found: [number, string][] = [];
  for await (const { events } of store.readAll({ after: positionOf(first - 1), upTo: positionOf(last) })) {
    for (const { position, leadId } of events) {
      if (leadId !== null && wanted.has(Number(position))) found.push([Number(position), leadId]);
    }
  }
  return found;
}
