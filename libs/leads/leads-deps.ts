import type { EventStore } from '#event-store/event-store.js';
import type { Channels } from '#platform/channels.js';
import type { CodeLists } from '#platform/code-lists.js';
import type { IdentityHasher } from '#platform/identity.js';
import type { Roster } from '#platform/roster.js';

/** What the use cases of leads need from outside. Whoever calls a `handle…` function without Nest (an import) hands them in. */
export interface LeadsDeps {
  readonly store: EventStore;
  readonly roster: Roster;
  readonly identity: IdentityHasher;
  /** Left out: the lists that Concord brings along. */
  readonly codeLists?: CodeLists;
  /** Left out: a channel is only what is given. */
  readonly channels?: Channels;
  /** Local parts that belong to a role, not to a person; default `ROLE_ADDRESSES`. */
  readonly roleAddresses?: ReadonlySet<string>;
}

/** Nest injection token. */
export const LEADS_DEPS = Symbol('LeadsDeps');
