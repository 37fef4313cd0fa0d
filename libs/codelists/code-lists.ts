import type { EventStore } from '#event-store/event-store.js';
import { streamEvent } from '#event-store/run-decider.js';
import { DomainError } from '#kernel/errors.js';
import {
  CODE_LISTS,
  type CodeList,
  type CodeListName,
  codeListStream,
  type CodeListEvent,
} from './events/code-list-events.js';
import type { CodeLists } from '#platform/code-lists.js';
import { evolveCodeList, initialCodeList, standing, type CodeListState } from './code-list.js';

/** How long a version defined by another process may stay unseen. */
const STALE_AFTER_MS = 250;

/** The lists as the ledger has them. `clock` tells how old its knowledge is, nothing else. */
export function createCodeLists(store: EventStore, clock: () => number = Date.now): CodeLists {
  const known = new Map<CodeListName, { readonly list: Promise<CodeList>; readonly until: number }>();
  return {
    async listOf(name) {
      const before = known.get(name);
      if (before !== undefined && clock() < before.until) return before.list;
      const list = readCodeList(store, name).then(standing);
      known.set(name, { list, until: clock() + STALE_AFTER_MS });
      list.catch(() => known.delete(name)); // what failed is asked again
      return list;
    },
  };
}

/** The list's whole history from its stream. */
export async function readCodeList(
  store: EventStore,
  name: CodeListName,
  options: Parameters<EventStore['readStream']>[1] = {},
): Promise<CodeListState> {
  const events = await store.readStream(codeListStream(name), options);
  return events.reduce(
    (state, event) => evolveCodeList(state, streamEvent<CodeListEvent>(event)),
    initialCodeList(name),
  );
}

/** The list of that name; throws `CODELIST.NOT_FOUND` (404). */
export function codeListNameOf(text: string): CodeListName {
  const name = CODE_LISTS.find((known) => known === text);
  if (name !== undefined) return name;
  throw new DomainError('not-found', 'CODELIST.NOT_FOUND', `there is no such list; there are ${CODE_LISTS.join(', ')}`);
}
