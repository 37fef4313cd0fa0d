import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Position } from '#kernel/position.js';
import { leadStream } from '../../events/lead-events.js';

/** All events of a lead and of its deals up to a position (default: all), in the order in which they were recorded. */
export async function historyOfLead(store: EventStore, id: Uuid, upTo?: Position): Promise<readonly RecordedEvent[]> {
  const deals = (await store.streamsOfLead(id)).filter((stream) => stream.startsWith('deal-'));
  const streams = await Promise.all([leadStream(id), ...deals].map((stream) => store.readStream(stream, { upTo })));
  return streams.flat().sort((a, b) => (a.position < b.position ? -1 : a.position > b.position ? 1 : 0));
}
