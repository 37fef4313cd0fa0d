import { attributionProcessor, BUILT_IN_CREDIT, type CreditSet } from '#attribution/credit/attribution-processor.js';
import { CAMPAIGN_VIEW } from '#campaigns/read/campaign/campaign-document.js';
import { CAMPAIGNS_SPEC } from '#campaigns/read/campaign-views.js';
import { SPEND_VIEW } from '#campaigns/read/spend-list/spend-document.js';
import { DEAL_VIEW } from '#deals/read/deal/deal-document.js';
import { DEALS_SPEC } from '#deals/read/deal/deal-views.js';
import type { EventStore } from '#event-store/event-store.js';
import { FEEDBACK_SPEC } from '#feedback/read/feedback-views.js';
import { FEEDBACK_VIEW } from '#feedback/read/feedback/feedback-document.js';
import { GUIDELINE_VIEW } from '#feedback/read/guideline/guideline-document.js';
import { FIGURES_PROCESSOR } from '#figures/blocks/fact-space.js';
import { figuresProcessor } from '#figures/blocks/figures-processor.js';
import type { PastChannels } from '#figures/blocks/past-channels.js';
import { bonusProcessors } from '#incentives/earning/bonus-processors.js';
import { IMPORT_LIST } from '#imports/read/import-list/answer-imports.js';
import { IMPORT_VIEW } from '#imports/read/import-list/import-document.js';
import { LEAD_VIEW } from '#leads/read/lead/lead-document.js';
import { LEADS_SPEC } from '#leads/read/lead/lead-views.js';
import { MEMBER_LIST } from '#members/read/member-list/answer-members.js';
import { MEMBER_VIEW } from '#members/read/member-list/member-document.js';
import type { Organisation } from '#platform/organisation.js';
import { REVIEWS_SPEC } from '#reviews/read/review-views.js';
import { SESSION_VIEW } from '#reviews/read/session/session-document.js';
import { documentProcessor } from '#subscriptions/document-projector.js';
import type { DocumentView, Processor } from '#subscriptions/processor.js';

/** Everything that is projected from the ledger, by processor: what is listed together stands or falls together. */
export const processorsOf = (
  eventStore: EventStore,
  organisation: Organisation,
  channels: PastChannels,
  credit: readonly CreditSet[],
): readonly Processor[] => [
  documentProcessor(LEADS_SPEC, [anyDocument(LEAD_VIEW)]),
  documentProcessor(DEALS_SPEC, [anyDocument(DEAL_VIEW)]),
  documentProcessor({ processor: 'roster', version: 1, views: [MEMBER_LIST, IMPORT_LIST] }, [
    anyDocument(MEMBER_VIEW),
    anyDocument(IMPORT_VIEW),
  ]),
  documentProcessor(CAMPAIGNS_SPEC, [anyDocument(CAMPAIGN_VIEW), anyDocument(SPEND_VIEW)]),
  documentProcessor(REVIEWS_SPEC, [anyDocument(SESSION_VIEW)]),
  documentProcessor(FEEDBACK_SPEC, [anyDocument(FEEDBACK_VIEW), anyDocument(GUIDELINE_VIEW)]),
  figuresProcessor(organisation, { channels }),
  ...bonusProcessors(eventStore, organisation),
  ...credit.map((set) => attributionProcessor(organisation, set, { channels })),
];

/** Whether a processor shows the past under the channel rules that were applied: figures, and credit with every model's own. */
export const followsChannelRules = (processor: string): boolean =>
  processor === FIGURES_PROCESSOR || processor.startsWith(BUILT_IN_CREDIT.processor);

/** A view is only ever given documents that it made itself. */
const anyDocument = <D>(view: DocumentView<D>): DocumentView<unknown> => view;
