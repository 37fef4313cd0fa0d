import type { Uuid } from './ids.js';
import type { Position } from './position.js';
import type { Instant } from './time.js';

export const TEAMS = ['marketing', 'sales', 'finance', 'management', 'system'] as const;
export type Team = (typeof TEAMS)[number];

/** Who did it: a member's handle (never a name or an address) and the team that they were in at that moment. */
export interface Actor {
  readonly id: string;
  readonly team: Team;
}

/** What a decision says: type, business time and content. The write path stamps the rest. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly occurredAt: Instant;
  /** The lead that it belongs to, null for deals without lead, members, ... */
  readonly leadId: Uuid | null;
  /** The trip down the funnel, 1-based; null where there is no lead. */
  readonly pass: number | null;
  readonly data: Data;
}

/** An event on its way to the store. `data` is plain JSON. */
export interface NewEvent {
  readonly eventId: Uuid;
  readonly type: string;
  readonly schemaVersion: number;
  readonly commandId: Uuid;
  readonly commandDigest: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: Actor;
  readonly leadId: Uuid | null;
  readonly pass: number | null;
  readonly occurredAt: Instant;
  /** Only `demo`, `import --as-history` and `copy` into an empty ledger bring the moment it became known along. */
  readonly recordedAt?: Instant;
  /** Further facts on the command, e.g. an import's source; never personal. */
  readonly meta?: Readonly<Record<string, string | number>>;
  readonly data: unknown;
}

/** An event as the store gives it back. `data()` parses (decrypts, upcasts) on first use and remembers. */
export interface RecordedEvent<Data = unknown> {
  readonly eventId: Uuid;
  readonly type: string;
  readonly schemaVersion: number;
  readonly commandId: Uuid;
  readonly commandDigest: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: Actor;
  readonly leadId: Uuid | null;
  readonly pass: number | null;
  readonly occurredAt: Instant;
  /** When the ledger knew it: the metadata's moment where one was brought along, else the store's. */
  readonly recordedAt: Instant;
  readonly meta: Readonly<Record<string, string | number>> | null;
  readonly stream: string;
  /** 0 for a stream's first event. */
  readonly revision: number;
  readonly position: Position;
  data(): Data;
}
