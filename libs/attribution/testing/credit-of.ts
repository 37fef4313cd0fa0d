import type { RecordedEvent } from '#kernel/envelope.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import { happeningOf } from '#figures/history/happening.js';
import type { Fact } from '#figures/contribution/fact.js';
import { BUILT_IN_CREDIT, creditContext, type CreditSet } from '../credit/attribution-processor.js';
import { creditFacts } from '../credit/credit-facts.js';
import type { CreditHistory } from '../credit/credit-history.js';
import { CREDIT_EVENT_TYPES, foldCredit, NOTHING_YET } from '../credit/fold-credit.js';
import type { TouchLogEntry } from '../credit/touch-list.js';

const CREDIT_TYPES: ReadonlySet<string> = new Set(CREDIT_EVENT_TYPES);

export const UTC_EUR: OrganisationConfiguredData = { timeZone: 'UTC', currency: 'EUR', fiscalYearStart: '01-01' };

/** All histories of a ledger, each folded from its first event, with the log of its older touches. */
export function creditHistoriesOf(
  events: readonly RecordedEvent[],
  set: Pick<CreditSet, 'models' | 'journeys'> = BUILT_IN_CREDIT,
  organisation = UTC_EUR,
): ReadonlyMap<string, { readonly history: CreditHistory; readonly log: readonly TouchLogEntry[] }> {
  const context = creditContext(organisation, set);
  const histories = new Map<string, { history: CreditHistory; log: TouchLogEntry[] }>();
  for (const event of events) {
    if (!CREDIT_TYPES.has(event.type)) continue;
    const happening = happeningOf(event);
    const of = histories.get(happening.historyId) ?? { history: NOTHING_YET, log: [] };
    histories.set(happening.historyId, of);
    const { history, chunk } = foldCredit(of.history, happening, { ...context, touchLog: () => of.log });
    of.history = history;
    if (chunk !== null) of.log.push(...chunk);
  }
  return histories;
}

/** Credit of a whole ledger, from scratch. */
export function creditOfLedger(
  events: readonly RecordedEvent[],
  set: Pick<CreditSet, 'models' | 'journeys'> = BUILT_IN_CREDIT,
  organisation = UTC_EUR,
): readonly Fact[] {
  const context = creditContext(organisation, set);
  return [...creditHistoriesOf(events, set, organisation).values()].flatMap(({ history, log }) =>
    creditFacts(history, context, () => log),
  );
}
