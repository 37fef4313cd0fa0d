import type { CodeList, CodeListName } from '#codelists/events/code-list-events.js';

/** The lists of codes as they stand: what a command's codes are judged by. */
export interface CodeLists {
  listOf(name: CodeListName): Promise<CodeList>;
}

/** Nest injection token. */
export const CODE_LISTS_PORT = Symbol('CodeLists');
