import type { ListView } from '#platform/questions/list.js';
import type { ProcessorSpec } from '#read-store/read-store.js';

/** Keeps the documents of campaigns and of spend. */
export const CAMPAIGNS_PROCESSOR = 'campaigns';

/** How campaigns are filtered, searched and sorted. */
export const CAMPAIGN_LIST: ListView = {
  processor: CAMPAIGNS_PROCESSOR,
  view: 'campaign',
  usualSort: '-startOn',
  fields: [
    { name: 'name', type: 'text', sortable: true },
    { name: 'status', type: 'text' },
    { name: 'channel', type: 'text', sortable: true },
    { name: 'startOn', type: 'text', sortable: true },
    { name: 'endedOn', type: 'text', sortable: true },
  ],
  search: ['name', 'channel'],
};

export const SPEND_LIST: ListView = {
  processor: CAMPAIGNS_PROCESSOR,
  view: 'spend',
  usualSort: '-day',
  fields: [
    { name: 'campaign', type: 'text', sortable: true },
    { name: 'channel', type: 'text', sortable: true },
    { name: 'kind', type: 'text' },
    { name: 'day', type: 'text', sortable: true },
    { name: 'month', type: 'text' },
    { name: 'account', type: 'text' },
    { name: 'amount', path: 'amount.minor', type: 'number', sortable: true },
  ],
  search: ['campaign', 'channel', 'id'],
};

/** `version` is raised when the same events give other documents. */
export const CAMPAIGNS_SPEC: ProcessorSpec = {
  processor: CAMPAIGNS_PROCESSOR,
  version: 1,
  views: [CAMPAIGN_LIST, SPEND_LIST],
};
