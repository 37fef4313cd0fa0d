import { instantText } from '#kernel/time.js';
import { answerList, type ListAnswer, type ListView } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull } from '#platform/questions/wire.js';
import { IMPORT_VIEW, type ImportDocument } from './import-document.js';

export interface ImportItem extends Omit<ImportDocument, 'startedAt' | 'finishedAt'> {
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export const IMPORT_LIST: ListView = {
  processor: 'roster',
  view: IMPORT_VIEW.view,
  usualSort: '-startedAt',
  fields: [
    { name: 'mapping', type: 'text', sortable: true },
    { name: 'system', type: 'text', sortable: true },
    { name: 'startedAt', type: 'number', sortable: true },
  ],
  search: ['mapping', 'system'],
};

/** A page of imports, the latest first; see `answerList`. */
export const answerImports = (side: ReadSide, query: Query): Promise<ListAnswer<ImportItem>> =>
  answerList<ImportDocument, ImportItem>(side, IMPORT_LIST, query, (document) => ({
    ...document,
    startedAt: instantText(document.startedAt),
    finishedAt: instantOrNull(document.finishedAt),
  }));
