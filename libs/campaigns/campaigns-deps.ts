import type { FactoryProvider } from '@nestjs/common';
import { EVENT_STORE, type EventStore } from '#event-store/event-store.js';
import { ORGANISATION, type Organisation } from '#platform/organisation.js';
import { ROSTER, type Roster } from '#platform/roster.js';

/** What the use cases of campaigns and spend need, inside Nest or without it (imports). */
export interface CampaignsDeps {
  readonly store: EventStore;
  readonly roster: Roster;
  readonly organisation: Organisation;
}

/** Nest injection token. */
export const CAMPAIGNS_DEPS = Symbol('CampaignsDeps');

export const campaignsDepsProvider: FactoryProvider<CampaignsDeps> = {
  provide: CAMPAIGNS_DEPS,
  inject: [EVENT_STORE, ROSTER, ORGANISATION],
  useFactory: (store: EventStore, roster: Roster, organisation: Organisation) => ({ store, roster, organisation }),
};
