import type { Actor, DomainEvent, NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { START } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import type { CommandContext, Outcome, StreamCommand } from './command-context.js';
import type { EventStore } from './event-store.js';
import { contendedStreams } from './contention.js';

/** How often a command is decided afresh because another writer was faster. */
const ATTEMPTS = 10;

/**
 * The one way from a command to its events. Answers the same when it is repeated (same commandId). A decision of [] leaves nothing
 * and answers with the stream's revision and position as they are: -1 and START where the stream does not exist.
 * `decide` must not run a command on its own stream.
 *
 * Throws what `decide` throws, `COMMAND.ID_REUSED` (same id, another body), `COMMAND.STALE_REVISION` (If-Match; `extra.actual`, null
 * where there is no stream), `COMMAND.CONTENDED` (others kept being faster; nothing was written) and the store's own errors.
 */
export async function runDecider<State, Event extends DomainEvent>(
  store: EventStore,
  command: StreamCommand<State, Event>,
): Promise<Outcome> {
  const contended = contendedStreams(store);
  // Whoever lost a race queues up, and so do those who come later: each then meets at most the writers of other processes.
  let leave = contended.has(command.stream) ? await contended.enter(command.stream) : null;
  try {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      const outcome = await decideOnce(store, command);
      if (outcome !== null) return outcome;
      leave ??= await contended.enter(command.stream);
    }
  } finally {
    leave?.();
  }
  throw new DomainError(
    'unavailable',
    'COMMAND.CONTENDED',
    `${command.stream} is being written to by others; try again`,
  );
}

/** null: somebody else appended between our read and our append. */
async function decideOnce<State, Event extends DomainEvent>(
  store: EventStore,
  command: StreamCommand<State, Event>,
): Promise<Outcome | null> {
  const { id, stream, context } = command;

  // 1. Read the stream.
  const history = await store.readStream(stream);
  const last = history.at(-1);

  // 2. This command is there already? Then the answer is what it was.
  const before = outcomeOf(id, context, history);
  if (before !== null) return before;
  const revision = last?.revision ?? -1;
  if (context.expectedRevision !== undefined && context.expectedRevision !== revision) {
    throw new DomainError(
      'stale',
      'COMMAND.STALE_REVISION',
      `${stream} is not at revision ${context.expectedRevision}`,
      {
        actual: last?.revision ?? null,
      },
    );
  }

  // 3. Fold.
  let state = command.initialState;
  for (const event of history) state = command.evolve(state, streamEvent<Event>(event));

  // 4. Decide.
  const decision = command.decide(state);
  const decided = decision instanceof Promise ? await decision : decision;
  if (decided.length === 0) return { id, revision, position: last?.position ?? START, repeated: false, events: [] };

  // 5. Stamp.
  const events = decided.map((event, index) => stamp(store, stream, context, event, index));

  // 6. Append at the revision read; 7. on conflict the caller begins again.
  try {
    const appended = await store.append(stream, events, { expected: last === undefined ? 'no-stream' : revision });
    const first = appended.revision - events.length + 1;
    return {
      id,
      revision: appended.revision,
      position: appended.position,
      repeated: appended.repeated,
      events: events.map((event, index) => ({ id: event.eventId, type: event.type, revision: first + index })),
    };
  } catch (error) {
    if (error instanceof DomainError && error.code === 'EVENT_STORE.WRONG_REVISION') return null;
    throw error;
  }
}

/**
 * A recorded event as a fold sees it; the payload is parsed only if the fold looks at it. Types that this version does not know
 * pass through as well: `evolve` leaves the state unchanged for them.
 */
// eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- the caller names the union of the stream
export function streamEvent<Event extends DomainEvent>(
  event: RecordedEvent,
): Event & { readonly revision: number; readonly actor: Actor } {
  return new FoldedEvent(event) as unknown as Event & FoldedEvent; // the stream's own events; which of the union, its type says
}

class FoldedEvent {
  readonly type: string;
  readonly occurredAt: Instant;
  readonly leadId: Uuid | null;
  readonly pass: number | null;
  readonly revision: number;
  readonly actor: Actor;

  constructor(private readonly recorded: RecordedEvent) {
    this.type = recorded.type;
    this.occurredAt = recorded.occurredAt;
    this.leadId = recorded.leadId;
    this.pass = recorded.pass;
    this.revision = recorded.revision;
    this.actor = recorded.actor;
  }

  get data(): unknown {
    return this.recorded.data();
  }
}

function outcomeOf(id: string, context: CommandContext, history: readonly RecordedEvent[]): Outcome | null {
  const own = history.filter((event) => event.commandId === context.commandId);
  const last = own.at(-1);
  if (last === undefined) return null;
  if (last.commandDigest !== context.commandDigest) {
    throw new DomainError('unprocessable', 'COMMAND.ID_REUSED', 'this command id was used before, with another body');
  }
  return {
    id,
    revision: last.revision,
    position: last.position,
    repeated: true,
    events: own.map((event) => ({ id: event.eventId, type: event.type, revision: event.revision })),
  };
}

/** The envelope of a decided event; ids derive from the command, so that an append whose outcome is unknown can be repeated. */
export function stamp(
  store: EventStore,
  stream: string,
  context: CommandContext,
  event: DomainEvent,
  index: number,
): NewEvent {
  return {
    eventId: uuidv5(context.commandId, `${stream}#${index}`),
    type: event.type,
    schemaVersion: store.schemaVersionOf?.(event.type) ?? 1,
    commandId: context.commandId,
    commandDigest: context.commandDigest,
    correlationId: context.correlationId,
    causationId: context.causationId,
    actor: context.actor,
    leadId: event.leadId,
    pass: event.pass,
    occurredAt: event.occurredAt,
    recordedAt: context.recordedAt,
    meta: context.meta,
    data: event.data,
  };
}
