import type { ListView } from '#platform/questions/list.js';
import type { ProcessorSpec } from '#read-store/read-store.js';

/** Keeps what the teams tell each other. */
export const FEEDBACK_PROCESSOR = 'feedback';

export const FEEDBACK_LIST: ListView = {
  processor: FEEDBACK_PROCESSOR,
  view: 'feedback',
  usualSort: '-givenAt',
  fields: [
    { name: 'status', type: 'text', sortable: true },
    { name: 'from', type: 'text' },
    { name: 'to', type: 'text' },
    { name: 'kind', type: 'text' },
    { name: 'about', type: 'text' },
    { name: 'lead', type: 'text' },
    { name: 'campaign', type: 'text' },
    { name: 'givenBy', type: 'text' },
    { name: 'givenAt', type: 'number', sortable: true },
  ],
  search: ['text', 'campaign', 'resolution'],
};

export const GUIDELINE_LIST: ListView = {
  processor: FEEDBACK_PROCESSOR,
  view: 'guideline',
  usualSort: 'name',
  fields: [
    { name: 'name', type: 'text', sortable: true },
    { name: 'publishedAt', type: 'number', sortable: true },
  ],
  search: ['name', 'title', 'text'],
};

/** `version` is raised when the same events give other documents. */
export const FEEDBACK_SPEC: ProcessorSpec = {
  processor: FEEDBACK_PROCESSOR,
  version: 1,
  views: [FEEDBACK_LIST, GUIDELINE_LIST],
};
