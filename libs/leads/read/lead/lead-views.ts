import type { ListView } from '#platform/questions/list.js';
import type { ProcessorSpec } from '#read-store/read-store.js';

/** Keeps the documents of leads. */
export const LEADS_PROCESSOR = 'leads';

/** How leads are filtered, searched and sorted. */
export const LEAD_LIST: ListView = {
  processor: LEADS_PROCESSOR,
  view: 'lead',
  usualSort: '-createdAt',
  fields: [
    { name: 'stage', type: 'text', sortable: true },
    { name: 'owner', type: 'text', sortable: true },
    { name: 'team', type: 'text' },
    { name: 'company', type: 'text', sortable: true },
    { name: 'channel', type: 'text', sortable: true },
    { name: 'source', type: 'text' },
    { name: 'medium', type: 'text' },
    { name: 'campaign', type: 'text' },
    { name: 'content', type: 'text' },
    { name: 'segment', type: 'text', sortable: true },
    { name: 'country', type: 'text', sortable: true },
    { name: 'product', type: 'text' },
    { name: 'pass', type: 'text' }, // a number in the document, asked for by its text
    { name: 'createdAt', type: 'number', sortable: true },
    { name: 'lastTouchAt', type: 'number', sortable: true },
  ],
  search: ['person.email', 'person.firstName', 'person.lastName', 'person.phone', 'company', 'externalKeys', 'id'],
  attributes: { prefix: 'dimension.', member: 'dimensions' },
};

/** `version` is raised when the same events give other documents. */
export const LEADS_SPEC: ProcessorSpec = { processor: LEADS_PROCESSOR, version: 2, views: [LEAD_LIST] };
