import type { StreamEvent } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';
import type { CodeList, CodeListName, ListedCode, CodeListEvent } from './events/code-list-events.js';

/** A version with when and by whom it was defined; null for one that Concord brings along. */
export interface CodeListVersion extends CodeList {
  readonly definedAt: Instant | null;
  readonly definedBy: string | null;
}

/** All versions of one list, the standing one last. */
export interface CodeListState {
  readonly versions: readonly CodeListVersion[];
}

export const initialCodeList = (name: CodeListName): CodeListState => ({
  versions: [
    {
      name,
      version: BUILT_IN[name] === undefined ? 0 : 1,
      codes: (BUILT_IN[name] ?? []).map((code) => ({ code, text: code.replaceAll('-', ' '), retired: false })),
      definedAt: null,
      definedBy: null,
    },
  ],
});

/** The pure fold of a list's stream. An unknown event type changes nothing. */
export function evolveCodeList(state: CodeListState, event: StreamEvent<CodeListEvent>): CodeListState {
  if ((event.type as string) !== 'codelist.defined') return state;
  const version = { ...event.data, definedAt: event.occurredAt, definedBy: event.actor.id };
  return { versions: [...state.versions, version] };
}

export function standing(state: CodeListState): CodeListVersion {
  const version = state.versions.at(-1);
  if (version === undefined) throw new Error('a list has at least the version it begins with');
  return version;
}

/** Version 1 of the lists that Concord brings along; `close` begins as the reasons to lose a deal. */
export const BUILT_IN: Readonly<Partial<Record<CodeListName, readonly string[]>>> & {
  readonly reject: readonly string[];
  readonly recycle: readonly string[];
  readonly disqualify: readonly string[];
  readonly close: readonly string[];
} = {
  reject: [
    'not-a-fit',
    'wrong-person',
    'no-need',
    'no-budget',
    'bad-timing',
    'unreachable',
    'incomplete-data',
    'duplicate',
    'invalid',
    'already-customer',
    'open-opportunity',
    'other',
  ],
  recycle: ['bad-timing', 'no-budget', 'no-response', 'deal-lost', 'not-worked-in-time', 'other'],
  disqualify: [
    'invalid',
    'duplicate',
    'competitor',
    'student-or-applicant',
    'out-of-market',
    'asked-not-to-be-contacted',
    'other',
  ],
  close: ['competitor', 'no-decision', 'price', 'missing-feature', 'timing', 'champion-left', 'duplicate', 'other'],
};

/** A list as Concord brings it along, for decisions that are given none. */
export const builtIn = (name: CodeListName): CodeList => standing(initialCodeList(name));

export const sameCodes = (some: readonly ListedCode[], others: readonly ListedCode[]): boolean =>
  some.length === others.length &&
  some.every((one, index) => {
    const other = others[index];
    return one.code === other?.code && one.text === other.text && one.retired === other.retired;
  });

/** Whether a list takes this code now. */
export const takesCode = (list: CodeList, code: string): boolean =>
  list.version === 0 || list.codes.some((listed) => listed.code === code && !listed.retired);

/** The codes that can be given, for the words of a refusal. */
export const givenCodes = (list: CodeList): string =>
  list.codes
    .filter(({ retired }) => !retired)
    .map(({ code }) => code)
    .join(', ');
