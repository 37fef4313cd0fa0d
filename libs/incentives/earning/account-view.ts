import { calendar } from '#kernel/calendar.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { ProcessorSpec, ReadStore } from '#read-store/read-store.js';
import type { DocumentView } from '#subscriptions/processor.js';
import { accountOf, foldAccount, MOVEMENT_EVENT_TYPES, noAccount, type AccountHistory } from './fold-account.js';
import type { LeadAccount } from './lead-account.js';
import { accountEventOf } from './read-account.js';

/** Which leads have deals, and what came in by them; without touches. One document a lead. */
export const ACCOUNTS_PROCESSOR = 'bonus-accounts';
const VIEW = 'account';

/** `version` is raised when the same events give other documents. */
export const ACCOUNTS_SPEC: ProcessorSpec = {
  processor: ACCOUNTS_PROCESSOR,
  version: 1,
  views: [{ view: VIEW, fields: [] }],
};

export function accountView({
  timeZone,
  fiscalYearStart,
  currency,
}: OrganisationConfiguredData): DocumentView<AccountHistory> {
  const { dayOf } = calendar(timeZone, fiscalYearStart);
  return {
    view: VIEW,
    types: MOVEMENT_EVENT_TYPES,
    idsOf: ({ leadId }: RecordedEvent) => (leadId === null ? [] : [leadId]),
    project: (history, event, id) => foldAccount(history ?? noAccount(id), accountEventOf(event), { dayOf, currency }),
  };
}

/** The accounts of all leads that ever had a payment, by pages; `currency`: the organisation's. */
export async function* accountsOf(store: ReadStore, currency: string): AsyncGenerator<readonly LeadAccount[]> {
  const { generation } = await store.active(ACCOUNTS_PROCESSOR);
  let cursor: string | undefined;
  do {
    const { items, next } = await store.find<AccountHistory>(ACCOUNTS_PROCESSOR, generation, VIEW, {
      limit: PAGE,
      ...(cursor === undefined ? {} : { cursor }),
    });
    const histories = items.map(({ document }) => document);
    yield histories
      .filter(({ deals }) => deals.some(({ payments }) => payments.length > 0))
      .map((history) => accountOf(history, currency));
    cursor = next ?? undefined;
  } while (cursor !== undefined);
}
const PAGE = 500;
