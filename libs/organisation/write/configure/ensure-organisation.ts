import type { CommandContext } from '#event-store/command-context.js';
import type { EventStore } from '#event-store/event-store.js';
import { runDecider, streamEvent } from '#event-store/run-decider.js';
import { freshUuid } from '#kernel/ids.js';
import {
  ORGANISATION_STREAM,
  type OrganisationConfiguredData,
  type OrganisationEvent,
} from '../../events/organisation-events.js';
import { configure, type WantedOrganisation } from './configure.js';

/**
 * The organisation of this ledger: recorded with defaults UTC, EUR, 01-01 at first start, afterwards only read. Of two processes that start at
 * once on an empty ledger one records, and the other is held to it. Throws what `configure` throws.
 */
export async function ensureOrganisation(
  store: EventStore,
  wanted: WantedOrganisation,
): Promise<OrganisationConfiguredData> {
  const now = Date.now();
  await runDecider<OrganisationConfiguredData | null, OrganisationEvent>(store, {
    id: ORGANISATION_STREAM,
    stream: ORGANISATION_STREAM,
    context: startContext(now),
    initialState: null,
    evolve: (before, event) => before ?? event.data,
    decide: (recorded) => configure(wanted, recorded, now),
  });
  const [configured] = await store.readStream(ORGANISATION_STREAM);
  if (configured === undefined) throw new Error('the organisation was neither recorded nor found');
  return streamEvent<OrganisationEvent>(configured).data;
}

/** A start is no retry of another one: its id is its own, and whatever was recorded before wins. */
function startContext(now: number): CommandContext {
  const commandId = freshUuid();
  return {
    commandId,
    commandDigest: 'start',
    correlationId: commandId,
    causationId: null,
    actor: { id: 'concord', team: 'system' },
    now,
  };
}
