import { calendarOf } from '#kernel/calendar.js';
import type { EventStore } from '#event-store/event-store.js';
import { METRIC } from '#figures/contribution/fact.js';
import { duePasses } from '#figures/contribution/reviews.js';
import { EMPTY, fold } from '#figures/history/fold.js';
import { happeningOf } from '#figures/history/happening.js';
import type { History } from '#figures/history/history.js';
import type { TouchLogEntry } from '#figures/history/touches.js';
import { leadsBehind } from '#figures/report/leads-behind.js';
import { passes } from '#figures/report/changes.js';
import { look } from '#figures/report/sight.js';
import type { Uuid } from '#kernel/ids.js';
import { inParallel } from '#kernel/in-parallel.js';
import type { Position } from '#kernel/position.js';
import { parseDay, type Instant } from '#kernel/time.js';
import { leadStream } from '#leads/events/lead-events.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import type { QueueItem, ReviewScope } from '../events/review-events.js';
import type { FindQueue } from '../write/run-review-command.js';

/** Leads read at a time. */
const AT_ONCE = 32;

/**
 * What is due in a scope: passes that sales received in its days (intake), and passes received that ended in them (outcome). Facts tell which leads to look
 * at; each is then folded up to the very position, so that the queue is what the ledger knew there.
 */
export function queueFinder(side: ReadSide): FindQueue {
  return async (scope, asOf) => {
    const filters = filtersOf(scope);
    const days = { from: parseDay(scope.from), to: parseDay(scope.to) };
    const sight = await look(side, { knownAt: null, minPosition: asOf, by: [], filters: new Map() });
    const leads = new Set<string>();
    for (const metric of [METRIC.received, METRIC.outcomes])
      for (const { lead } of await leadsBehind(side, sight, metric, { days, filters })) leads.add(lead);
    const own = calendarOf(side.organisation);
    const context = { dayOf: (at: Instant) => own.dayOf(at), currency: side.organisation.currency };
    const found: (QueueItem & { readonly at: Instant })[] = [];
    await inParallel(leads, AT_ONCE, async (lead) => {
      const history = await historyOf(side.eventStore, lead as Uuid, asOf, context); // a lead's id, from an envelope
      for (const { pass, phase, moment, dims } of duePasses(history, context)) {
        const { day, at } = moment;
        const isIn = (days.from === null || day >= days.from) && (days.to === null || day <= days.to);
        if (isIn && passes(dims, filters)) found.push({ lead, pass, phase, at });
      }
    });
    return found
      .sort((a, b) => a.at - b.at || (a.lead < b.lead ? -1 : a.lead > b.lead ? 1 : a.pass - b.pass))
      .map(({ lead, pass, phase }) => ({ lead, pass, phase }));
  };
}

const filtersOf = ({ owner, segment, channel }: ReviewScope): ReadonlyMap<string, ReadonlySet<string | null>> =>
  new Map(
    Object.entries({ owner, segment, channel })
      .filter(([, value]) => value !== null)
      .map(([name, value]) => [name, new Set([value])]),
  );

/** The lead and its deals, folded from their streams as the figures do. */
async function historyOf(
  store: EventStore,
  lead: Uuid,
  upTo: Position,
  context: { readonly dayOf: (at: Instant) => number; readonly currency: string },
): Promise<History> {
  const deals = (await store.streamsOfLead(lead)).filter((stream) => stream.startsWith('deal-'));
  const streams = await Promise.all([leadStream(lead), ...deals].map((stream) => store.readStream(stream, { upTo })));
  const events = streams.flat().sort((a, b) => (a.position < b.position ? -1 : 1));
  const log: TouchLogEntry[] = [];
  let history = EMPTY;
  for (const event of events) {
    const folded = fold(history, happeningOf(event), { ...context, touchLog: () => log });
    history = folded.history;
    if (folded.chunk !== null) log.push(...folded.chunk);
  }
  return history;
}
