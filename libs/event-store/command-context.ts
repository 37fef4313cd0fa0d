import type { Actor, DomainEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Position } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';

/** Everything about a command that is not its content. Made at the edge (HTTP, import, reaction); `now` arrives here, so that decisions stay pure. */
export interface CommandContext {
  readonly commandId: Uuid;
  /** HMAC of the canonical body: the same command id with another body is refused (422 `COMMAND.ID_REUSED`). */
  readonly commandDigest: string;
  readonly correlationId: string;
  readonly causationId: string | null;
  readonly actor: Actor;
  readonly now: Instant;
  /** From If-Match; looked at after the commandId look-up. */
  readonly expectedRevision?: number;
  /** Only for an empty ledger's history (`NewEvent.recordedAt`). */
  readonly recordedAt?: Instant;
  readonly meta?: Readonly<Record<string, string | number>>;
}

export interface OutcomeEvent {
  readonly id: Uuid;
  readonly type: string;
  readonly revision: number;
}

/** The answer to a command, the same when it is repeated. */
export interface Outcome {
  readonly id: string;
  readonly revision: number;
  readonly position: Position;
  readonly repeated: boolean;
  readonly events: readonly OutcomeEvent[];
}

/** How one stream takes one command; `decide` and `evolve` are pure. */
export interface StreamCommand<State, Event extends DomainEvent> {
  /** What the answer calls `id`. */
  readonly id: string;
  readonly stream: string;
  readonly context: CommandContext;
  readonly initialState: State;
  readonly evolve: (state: State, event: Event & { readonly revision: number; readonly actor: Actor }) => State;
  readonly decide: (state: State) => readonly Event[] | Promise<readonly Event[]>;
}
