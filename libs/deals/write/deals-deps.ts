import type { FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import { CODE_LISTS_PORT, type CodeLists } from '#platform/code-lists.js';
import { ORGANISATION } from '#platform/organisation.js';
import { ROSTER, type Roster } from '#platform/roster.js';

/** What the deal commands work with, inside Nest or without it (imports, reactions). */
export interface DealsDeps {
  readonly store: EventStore;
  readonly roster: Roster;
  readonly organisation: OrganisationConfiguredData;
  /** Left out: the lists that Concord brings along. */
  readonly codeLists?: CodeLists;
}

/** Nest injection token. */
export const DEALS_DEPS = Symbol('DealsDeps');

export const dealsDepsProvider: FactoryProvider<DealsDeps> = {
  provide: DEALS_DEPS,
  inject: [EVENT_STORE, ROSTER, ORGANISATION, CODE_LISTS_PORT],
  useFactory: (
    store: EventStore,
    roster: Roster,
    organisation: OrganisationConfiguredData,
    codeLists: CodeLists,
  ): DealsDeps => ({ store, roster, organisation, codeLists }),
};
