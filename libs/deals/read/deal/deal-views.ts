import type { ListView } from '#platform/questions/list.js';
import type { ProcessorSpec } from '#read-store/read-store.js';

/** Keeps the documents of deals. */
export const DEALS_PROCESSOR = 'deals';

/** How deals are filtered, searched and sorted. */
export const DEAL_LIST: ListView = {
  processor: DEALS_PROCESSOR,
  view: 'deal',
  usualSort: '-openedAt',
  fields: [
    { name: 'status', type: 'text', sortable: true },
    { name: 'stage', type: 'text', sortable: true },
    { name: 'lead', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'account', type: 'text', sortable: true },
    { name: 'product', type: 'text' },
    { name: 'segment', type: 'text' },
    { name: 'country', type: 'text' },
    { name: 'owner', type: 'text', sortable: true },
    { name: 'team', type: 'text' },
    { name: 'expectedCloseOn', type: 'text', sortable: true },
    { name: 'lossReason', type: 'text' },
    { name: 'winReason', type: 'text' },
    { name: 'openedAt', type: 'number', sortable: true },
    { name: 'closedAt', type: 'number', sortable: true },
    { name: 'value', path: 'value.minor', type: 'number', sortable: true },
  ],
  search: ['account', 'product', 'owner', 'id'],
  attributes: { prefix: 'dimension.', member: 'dimensions' },
};

/** `version` is raised when the same events give other documents. */
export const DEALS_SPEC: ProcessorSpec = { processor: DEALS_PROCESSOR, version: 3, views: [DEAL_LIST] };
