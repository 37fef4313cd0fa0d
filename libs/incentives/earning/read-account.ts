import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Position } from '#kernel/position.js';
import { leadStream } from '#leads/events/lead-events.js';
import {
  ACCOUNT_EVENT_TYPES,
  accountOf,
  foldAccount,
  noAccount,
  type AccountContext,
  type AccountEvent,
} from './fold-account.js';
import type { LeadAccount } from './lead-account.js';

/** The account of a lead from its own streams up to a position, which is its `upTo`; of a lead without payments too. */
export async function readAccount(
  store: Pick<EventStore, 'readStream' | 'streamsOfLead'>,
  leadId: Uuid,
  upTo: Position,
  context: AccountContext,
): Promise<LeadAccount> {
  const events = (await eventsOfLead(store, leadId)).filter((event) => event.position <= upTo).map(accountEventOf);
  const folded = events.reduce((history, event) => foldAccount(history, event, context), noAccount(leadId));
  return { ...accountOf(folded, context.currency), upTo: Number(upTo) };
}

/** Of the lead's stream and all its deals' that an account is made of, in order of position. */
export async function eventsOfLead(
  store: Pick<EventStore, 'readStream' | 'streamsOfLead'>,
  leadId: Uuid,
): Promise<readonly RecordedEvent[]> {
  const others = await store.streamsOfLead(leadId);
  const streams = [leadStream(leadId), ...others.filter((stream) => stream.startsWith('deal-'))];
  const events = await Promise.all(streams.map((stream) => store.readStream(stream)));
  return events
    .flat()
    .filter(({ type }) => TYPES.has(type))
    .sort((a, b) => (a.position < b.position ? -1 : 1));
}
const TYPES: ReadonlySet<string> = new Set(ACCOUNT_EVENT_TYPES);

export const accountEventOf = (event: RecordedEvent): AccountEvent => ({
  eventId: event.eventId,
  type: event.type,
  stream: event.stream,
  position: Number(event.position),
  occurredAt: event.occurredAt,
  data: () => event.data(),
});
