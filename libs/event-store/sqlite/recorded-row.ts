import type { Actor, RecordedEvent } from '#kernel/envelope.js';
import { hyphened, type Uuid } from '#kernel/ids.js';
import { positionOf, type Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import type { Names } from './dictionary.js';

/** What a scan selects; `hex('')` stands for no lead. A blob per id would cost more than all the rest of a row. */
export const ROW_COLUMNS = `e.position, e.type, e.stream, e.revision, hex(e.event_id), e.schema_version, hex(e.lead), e.pass, e.occurred_at,
  coalesce(e.known_at, e.recorded_at), e.actor, e.data`;
export type Row = [
  position: number,
  type: number,
  stream: number,
  revision: number,
  eventId: string,
  schemaVersion: number,
  lead: string,
  pass: number | null,
  occurredAt: number,
  recordedAt: number,
  actor: number,
  data: string,
];

/** Decisions ask each event of a stream for its command's id: there it stands behind the row. */
export const STREAM_ROW_COLUMNS = `${ROW_COLUMNS}, hex(e.command)`;
export type StreamRow = [...Row, command: string];

/** What hardly anybody asks for: the command behind the event. Loaded for a whole page when someone does. */
export const COMMAND_COLUMNS = 'e.position, hex(e.command), e.digest, e.correlation, e.causation, e.meta';
export type CommandRow = [
  position: number,
  command: string,
  digest: string,
  correlation: string,
  causation: string | null,
  meta: string | null,
];

/** What the rows of one page share. */
export interface RowSource {
  readonly names: Names;
  streamName(id: number): string;
  /** Of the hex digits of a lead's id. */
  leadId(hex: string): Uuid;
  command(position: number): CommandRow;
}

/** A row as an event: every member is made when it is asked for, so that a replay pays only for what its projections look at. */
export class RecordedRow implements RecordedEvent {
  private parsed: unknown = undefined;
  private place: Position | undefined = undefined;

  constructor(
    private readonly row: Row | StreamRow,
    private readonly source: RowSource,
  ) {}

  get position(): Position {
    return (this.place ??= positionOf(this.row[0]));
  }
  get type(): string {
    return this.source.names.type(this.row[1]);
  }
  get stream(): string {
    return this.source.streamName(this.row[2]);
  }
  get revision(): number {
    return this.row[3];
  }
  get eventId(): Uuid {
    return uuidOfHex(this.row[4]);
  }
  get schemaVersion(): number {
    return this.row[5];
  }
  get leadId(): Uuid | null {
    return this.row[6] === '' ? null : this.source.leadId(this.row[6]);
  }
  get pass(): number | null {
    return this.row[7];
  }
  get occurredAt(): Instant {
    return this.row[8];
  }
  get recordedAt(): Instant {
    return this.row[9];
  }
  get actor(): Actor {
    return this.source.names.actor(this.row[10]);
  }
  get commandId(): Uuid {
    return uuidOfHex(this.row[12] ?? this.source.command(this.row[0])[1]);
  }
  get commandDigest(): string {
    return this.source.command(this.row[0])[2];
  }
  get correlationId(): string {
    return this.source.command(this.row[0])[3];
  }
  get causationId(): string | null {
    return this.source.command(this.row[0])[4];
  }
  get meta(): Readonly<Record<string, string | number>> | null {
    const meta = this.source.command(this.row[0])[5];
    return meta === null ? null : (JSON.parse(meta) as Record<string, string | number>); // written from NewEvent.meta
  }
  data(): unknown {
    return (this.parsed ??= JSON.parse(this.row[11]) as unknown);
  }
}

/** SQLite's `hex()` writes capitals. */
export const uuidOfHex = (hex: string): Uuid => hyphened(hex.toLowerCase());
