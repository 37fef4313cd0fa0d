import type { CampaignsDeps } from '#campaigns/campaigns-deps.js';
import type { DealsDeps } from '#deals/write/deals-deps.js';
import type { EventStore } from '#event-store/event-store.js';
import type { Actor } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { NameTurn } from '#members/write/name-turn.js';
import type { LeadsDeps } from '#leads/leads-deps.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { Channels } from '#platform/channels.js';
import type { CodeLists } from '#platform/code-lists.js';
import type { IdentityHasher } from '#platform/identity.js';
import type { Roster } from '#platform/roster.js';

/** What an import works with. */
export interface ImportDeps {
  readonly store: EventStore;
  readonly identity: IdentityHasher;
  readonly organisation: OrganisationConfiguredData;
  readonly roster: Roster;
  readonly codeLists: CodeLists;
  readonly channels: Channels;
  readonly clock: () => Instant;
  /** See `MembersDeps`. */
  readonly turn?: NameTurn;
}

/** Imports act as the system, which may do what either team may. */
export const importActor: Actor = { id: 'import', team: 'system' };

export const leadsDepsOf = ({ store, roster, identity, codeLists, channels }: ImportDeps): LeadsDeps => ({
  store,
  roster,
  identity,
  codeLists,
  channels,
});
export const campaignsDepsOf = ({ store, roster, organisation }: ImportDeps): CampaignsDeps => ({
  store,
  roster,
  organisation,
});
export const dealsDepsOf = ({ store, roster, organisation, codeLists }: ImportDeps): DealsDeps => ({
  store,
  roster,
  organisation,
  codeLists,
});
