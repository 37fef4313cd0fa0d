import type { PublicEvents } from '#publishing/public-event.js';
import { flag, list, oneOf, record, text, whole } from '#publishing/shape.js';
import { CODE_LISTS, type CodeListEvent, type ListedCode } from './code-list-events.js';

export const CODE_LIST_PUBLIC_EVENTS = {
  'codelist.defined': {
    version: 1,
    summary: 'A list of codes (reasons, needs, …) has a new version, which is given whole.',
    fields: {
      name: oneOf(CODE_LISTS),
      version: whole,
      codes: list(record<ListedCode>({ code: text, text, retired: flag })),
    },
  },
} satisfies PublicEvents<CodeListEvent>;
