import { calendar } from '#kernel/calendar.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import { contributionOf, factsOf } from '../contribution/contribution.js';
import { factKey } from '../contribution/difference.js';
import type { Fact } from '../contribution/fact.js';
import { EMPTY, fold } from '../history/fold.js';
import { happeningOf } from '../history/happening.js';
import type { FoldContext } from '../history/fold-context.js';
import type { History } from '../history/history.js';
import type { TouchLogEntry } from '../history/touches.js';

const UTC = calendar('UTC', '01-01');
export const IN_EUR = { dayOf: (at: Instant) => UTC.dayOf(at), currency: 'EUR' };

/** All histories of a ledger, each folded from its first event. */
export function historiesOf(events: readonly RecordedEvent[]): ReadonlyMap<string, History> {
  const histories = new Map<string, History>();
  const logs = new Map<string, TouchLogEntry[]>();
  for (const event of events) {
    const happening = happeningOf(event);
    const id = happening.historyId;
    const log = logs.get(id) ?? [];
    logs.set(id, log);
    const context: FoldContext = { ...IN_EUR, touchLog: () => log };
    const { history, chunk } = fold(histories.get(id) ?? EMPTY, happening, context);
    if (chunk !== null) log.push(...chunk);
    histories.set(id, history);
  }
  return histories;
}

/** C of a whole ledger, from scratch. */
export const contributionOfLedger = (events: readonly RecordedEvent[]): readonly Fact[] =>
  [...historiesOf(events).values()].flatMap((history) => factsOf(contributionOf(history, IN_EUR)));

/** How often each fact is there; 0 is left out. `weigh`: how often one of these counts. */
export function multiset<F extends Fact>(
  facts: readonly F[],
  weigh: (fact: F) => number = () => 1,
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const fact of facts) {
    const key = factKey(fact);
    counts.set(key, (counts.get(key) ?? 0) + weigh(fact));
  }
  return Object.fromEntries([...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1)));
}
