import type { DomainEvent } from '#kernel/envelope.js';

/** The lists of codes that are kept as data. `close`: why a deal was won or lost. */
export const CODE_LISTS = [
  'reject',
  'recycle',
  'disqualify',
  'close',
  'needs',
  'challenges',
  'helped',
  'went-wrong',
] as const;
export type CodeListName = (typeof CODE_LISTS)[number];

export interface ListedCode {
  readonly code: string;
  /** For people. */
  readonly text: string;
  /** Stays readable, is not given any more. */
  readonly retired: boolean;
}

/** One version of a list. Version 0: nobody has defined it yet, any code is taken. */
export interface CodeList {
  readonly name: CodeListName;
  readonly version: number;
  readonly codes: readonly ListedCode[];
}

/** A whole version; what it leaves out was never there (a code that was is retired instead). */
export interface CodeListDefinedData {
  readonly name: CodeListName;
  /** One more than the version before it. */
  readonly version: number;
  readonly codes: readonly ListedCode[];
}

export type CodeListEvent = DomainEvent<'codelist.defined', CodeListDefinedData>;

export const codeListStream = (name: CodeListName): string => `codelist-${name}`;
