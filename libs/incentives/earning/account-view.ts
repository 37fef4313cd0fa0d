import { calendarOf } from '#kernel/calendar.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { ProcessorSpec, ReadStore } from '#read-store/read-store.js';
import type { DocumentView } from '#subscriptions/processor.js';
import {
  accountOf,
  foldAccount,
  MOVEMENT_EVENT_TYPES,
  noAccount,
  type AccountContext,
  type AccountHistory,
} from './fold-account.js';
import type { LeadAccount } from './lead-account.js';
import { accountEventOf } from './read-account.js';

/** Which leads have deals, and what came in by them; without touches. One document a lead. */
export const ACCOUNTS_PROCESSOR = 'bonus-accounts';
export const ACCOUNT_VIEW = 'account';

/** `version` is raised when the same events give other documents. */
export const ACCOUNTS_SPEC: ProcessorSpec = {
  processor: ACCOUNTS_PROCESSOR,
  version: 1,
  views: [{ view: ACCOUNT_VIEW, fields: [] }],
};

/** Folds accounts; of a page that was looked at before, no event is folded twice. */
export interface AccountFolding {
  readonly context: AccountContext;
  /** What was folded of other pages is forgotten. */
  beginPage(): void;
  after(history: AccountHistory | null, event: RecordedEvent, leadId: string): AccountHistory;
}

export function accountFolding(organisation: OrganisationConfiguredData): AccountFolding {
  const context = { dayOf: calendarOf(organisation).dayOf, currency: organisation.currency };
  const folded = new Map<RecordedEvent, { readonly from: AccountHistory | null; readonly to: AccountHistory }>();
  return {
    context,
    beginPage: () => {
      folded.clear();
    },
    after(history, event, leadId) {
      const known = folded.get(event);
      if (known?.from === history) return known.to;
      const to = foldAccount(history ?? noAccount(leadId), accountEventOf(event), context);
      folded.set(event, { from: history, to });
      return to;
    },
  };
}

export const accountView = ({ after }: AccountFolding): DocumentView<AccountHistory> => ({
  view: ACCOUNT_VIEW,
  types: MOVEMENT_EVENT_TYPES,
  idsOf: ({ leadId }: RecordedEvent) => (leadId === null ? [] : [leadId]),
  project: after,
});

/** The accounts of all leads that ever had a payment, by pages; `currency`: the organisation's. */
export async function* accountsOf(store: ReadStore, currency: string): AsyncGenerator<readonly LeadAccount[]> {
  const { generation } = await store.active(ACCOUNTS_PROCESSOR);
  let cursor: string | undefined;
  do {
    const { items, next } = await store.find<AccountHistory>(ACCOUNTS_PROCESSOR, generation, ACCOUNT_VIEW, {
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
