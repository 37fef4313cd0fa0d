import type { RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Json } from '#kernel/json.js';
import { positionText, type Position } from '#kernel/position.js';
import { instantText, type Instant } from '#kernel/time.js';
import type { ContractEvent } from './public-contract.js';

/** CloudEvents 1.0 attributes of a public event, ours after the standard's. All but `time` (when it happened) are exact for ever. */
export interface CloudEventAttributes {
  readonly specversion: '1.0';
  readonly id: string;
  readonly type: string;
  readonly source: string;
  /** The stream: `lead-<uuid>`. */
  readonly subject: string;
  /** When it happened. */
  readonly time: string;
  readonly dataschema: string;
  /** When the ledger knew it. */
  readonly recordedat: string;
  /** Its place in the ledger: decimal text, growing, with gaps. */
  readonly position: string;
  readonly ledgerid: string;
  /** Its place in the stream, from 0. */
  readonly revision: string;
  /** Handle of who did it, and the team that they were in. */
  readonly actor: string;
  readonly actorteam: string;
  readonly leadid?: string;
  /** Which trip down the funnel, from 1. */
  readonly pass?: string;
}

export const sourceOf = (ledgerId: Uuid): string => `urn:concord:ledger:${ledgerId}`;

export function attributesOf(event: RecordedEvent, contract: ContractEvent, ledgerId: Uuid): CloudEventAttributes {
  return {
    specversion: '1.0',
    id: event.eventId,
    type: contract.publicType,
    source: sourceOf(ledgerId),
    subject: event.stream,
    time: instantText(event.occurredAt),
    dataschema: contract.schemaId,
    recordedat: instantText(event.recordedAt),
    position: positionText(event.position),
    ledgerid: ledgerId,
    revision: String(event.revision),
    actor: event.actor.id,
    actorteam: event.actor.team,
    ...(event.leadId === null ? {} : { leadid: event.leadId }),
    ...(event.pass === null ? {} : { pass: String(event.pass) }),
  };
}

/** One JSON object (structured mode), as the feed gives it. */
export const structuredEvent = (
  event: RecordedEvent,
  contract: ContractEvent,
  ledgerId: Uuid,
): Readonly<Record<string, Json>> => ({
  ...attributesOf(event, contract, ledgerId),
  datacontenttype: 'application/json',
  data: contract.dataOf(event),
});

/** One record of a topic: attributes as headers, the content as its value (binary mode). */
export interface PublicRecord {
  /** The lead, else the stream: everything of one lead lies in one partition, in order. */
  readonly key: string;
  readonly timestamp: Instant;
  readonly headers: Readonly<Record<string, string>>;
  readonly value: string;
}

/** Up to here every partition was complete when the record was sent. */
export const FLOOR_HEADER = 'concord_floor';
const PREFIX = 'ce_';

/** By the CloudEvents protocol binding for Kafka, binary content mode. */
export function binaryRecord(
  event: RecordedEvent,
  contract: ContractEvent,
  ledgerId: Uuid,
  floor: Position,
): PublicRecord {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  for (const [name, value] of Object.entries(attributesOf(event, contract, ledgerId)))
    headers[PREFIX + name] = value as string; // every attribute is text
  headers[FLOOR_HEADER] = positionText(floor);
  return {
    key: event.leadId ?? event.stream,
    timestamp: event.recordedAt,
    headers,
    value: JSON.stringify(contract.dataOf(event)),
  };
}

export const attributeOf = (headers: PublicRecord['headers'], name: keyof CloudEventAttributes): string | undefined =>
  headers[PREFIX + name];
