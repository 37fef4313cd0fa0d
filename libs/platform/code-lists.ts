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

/** The lists as they stand: what a command's codes are judged by. */
export interface CodeLists {
  listOf(name: CodeListName): Promise<CodeList>;
}

/** Whether a list takes this code now. */
export const takesCode = (list: CodeList, code: string): boolean =>
  list.version === 0 || list.codes.some((listed) => listed.code === code && !listed.retired);

/** The codes that can be given, for the words of a refusal. */
export const givenCodes = (list: CodeList): string =>
  list.codes
    .filter(({ retired }) => !retired)
    .map(({ code }) => code)
    .join(', ');

/** Nest injection token. */
export const CODE_LISTS_PORT = Symbol('CodeLists');
