import type { RecordedEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { positionOf } from '#kernel/position.js';

const SPACE = '6ba7b810-9dad-11d1-80b4-00c04fd430c8' as Uuid; // RFC 9562's DNS namespace

/** A recorded event for a spec, as an import of `source` would have left it. */
export function imported(
  type: string,
  data: unknown,
  meta: { readonly step: string; readonly n: number; readonly source?: string; readonly digest?: string },
): RecordedEvent {
  // What a payload is, its reader names.
  const payload: () => never = () => data as never;
  return {
    eventId: uuidv5(SPACE, `${type} ${meta.step} ${meta.n}`),
    type,
    schemaVersion: 1,
    commandId: uuidv5(SPACE, `${meta.step} ${meta.n}`),
    commandDigest: meta.digest ?? 'digest',
    correlationId: 'import',
    causationId: null,
    actor: { id: 'import', team: 'system' },
    leadId: null,
    pass: null,
    occurredAt: 0,
    recordedAt: 0,
    meta: { source: meta.source ?? 'crm', step: meta.step, n: meta.n },
    stream: 'lead-x',
    revision: 0,
    position: positionOf(1),
    data: payload,
  };
}
