import type { Position } from '#kernel/position.js';
import { CODE_LISTS, type CodeListName, type ListedCode } from '../../events/code-list-events.js';
import { instantOf, refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull } from '#platform/questions/wire.js';
import type { Instant } from '#kernel/time.js';
import { standing, type CodeListState, type CodeListVersion } from '../../code-list.js';
import { readCodeList } from '../../code-lists.js';

/** A version on the wire; version 0: nobody has defined the list yet, and any code is taken. */
export interface CodeListItem {
  readonly name: CodeListName;
  readonly version: number;
  readonly codes: readonly ListedCode[];
  /** null: it came with Concord. */
  readonly definedAt: string | null;
  readonly definedBy: string | null;
}

export interface CodeListsAnswer {
  readonly asOf: AsOf;
  readonly items: readonly CodeListItem[];
}

export interface CodeListAnswer extends CodeListItem {
  readonly asOf: AsOf;
  /** All versions, the first one first. */
  readonly versions: readonly CodeListItem[];
}

/** Every list as it stands, or stood at `knownAt`. Throws `QUERY.*`, `EVENT_STORE.MOMENT_IN_FUTURE`. */
export async function answerCodeLists(side: ReadSide, query: Query): Promise<CodeListsAnswer> {
  const { upTo, knownAt } = await momentOf(side, query);
  const states = await Promise.all(CODE_LISTS.map((name) => readCodeList(side.eventStore, name, { upTo })));
  return {
    asOf: await asOf(side.eventStore, upTo, knownAt),
    items: states.map((state) => itemOf(standing(state))),
  };
}

/** One list with all its versions. */
export async function answerCodeList(side: ReadSide, name: CodeListName, query: Query): Promise<CodeListAnswer> {
  const { upTo, knownAt } = await momentOf(side, query);
  const state: CodeListState = await readCodeList(side.eventStore, name, { upTo });
  return {
    ...itemOf(standing(state)),
    asOf: await asOf(side.eventStore, upTo, knownAt),
    versions: state.versions.map(itemOf),
  };
}

/** The lists are read from the ledger itself, so that nothing has to be waited for. */
async function momentOf(
  { eventStore }: ReadSide,
  query: Query,
): Promise<{ readonly upTo: Position; readonly knownAt: Instant | null }> {
  refuseUnknown(query, ['knownAt']);
  const knownAt = instantOf(query, 'knownAt') ?? null;
  return { knownAt, upTo: knownAt === null ? await eventStore.head() : await eventStore.positionAt(knownAt) };
}

const itemOf = ({ name, version, codes, definedAt, definedBy }: CodeListVersion): CodeListItem => ({
  name,
  version,
  codes,
  definedAt: instantOrNull(definedAt),
  definedBy,
});
