import type { ListView } from '#platform/questions/list.js';
import type { ProcessorSpec } from '#read-store/read-store.js';

/** Keeps the sessions. */
export const REVIEWS_PROCESSOR = 'reviews';

export const SESSION_LIST: ListView = {
  processor: REVIEWS_PROCESSOR,
  view: 'session',
  usualSort: '-openedAt',
  fields: [
    { name: 'status', type: 'text', sortable: true },
    { name: 'owner', path: 'scope.owner', type: 'text' },
    { name: 'segment', path: 'scope.segment', type: 'text' },
    { name: 'channel', path: 'scope.channel', type: 'text' },
    { name: 'openedBy', type: 'text' },
    { name: 'openedAt', type: 'number', sortable: true },
  ],
};

/** `version` is raised when the same events give other documents. */
export const REVIEWS_SPEC: ProcessorSpec = { processor: REVIEWS_PROCESSOR, version: 1, views: [SESSION_LIST] };
