import type { DomainEvent } from '#kernel/envelope.js';
import type { CodeListName, ListedCode } from '#platform/code-lists.js';

/** A whole version; what it leaves out was never there (a code that was is retired instead). */
export interface CodeListDefinedData {
  readonly name: CodeListName;
  /** One more than the version before it. */
  readonly version: number;
  readonly codes: readonly ListedCode[];
}

export type CodeListEvent = DomainEvent<'codelist.defined', CodeListDefinedData>;

export const codeListStream = (name: CodeListName): string => `codelist-${name}`;
