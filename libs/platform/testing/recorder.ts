import type { Actor, DomainEvent, RecordedEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { positionOf } from '#kernel/position.js';

const NAMESPACE = 'b1c9a4de-0c5e-4d0e-8f4a-6f0f6f7c9a10' as Uuid; // by its shape

export const idOf = (name: string): Uuid => uuidv5(NAMESPACE, name);

export const SALES: Actor = { id: 'sam', team: 'sales' };

/** Gives events what a store would: revisions per stream, positions and moments that grow. */
export function recorder() {
  const revisions = new Map<string, number>();
  let position = 0;
  return function record(stream: string, event: DomainEvent, actor: Actor = SALES): RecordedEvent {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    position += 1;
    const eventId = idOf(`${stream}#${revision}`);
    const { type, occurredAt, leadId, pass, data } = event;
    return {
      ...{
        eventId,
        type,
        schemaVersion: 1,
        commandId: eventId,
        commandDigest: '',
        correlationId: 'test',
        causationId: null,
        actor,
        leadId,
        pass,
        occurredAt,
      },
      ...{ recordedAt: position * 1000, meta: null, stream, revision, position: positionOf(position) },
      data: () => data,
    };
  };
}
