import type { DomainEvent, NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { uuidv5 } from '#kernel/ids.js';
import type { CommandContext, Outcome, StreamCommand } from './command-context.js';
import { contendedStreams } from './contention.js';
import type { Appended, EventStore } from './event-store.js';
import { foldStream } from './folded-streams.js';

export { streamEvent } from './stream-event.js';

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
export const runDecider = <State, Event extends DomainEvent>(
  store: EventStore,
  command: StreamCommand<State, Event>,
): Promise<Outcome> => untilUncontended(store, command.stream, () => decideOnce(store, command));

/** Tries again where somebody else was faster (null), a bounded number of times; then throws `COMMAND.CONTENDED`. */
export async function untilUncontended<T>(
  store: EventStore,
  stream: string,
  attempt: () => Promise<T | null>,
): Promise<T> {
  const contended = contendedStreams(store);
  // Whoever lost a race queues up, and so do those who come later: each then meets at most the writers of other processes.
  let leave = contended.has(stream) ? await contended.enter(stream) : null;
  try {
    for (let attempts = 1; attempts <= ATTEMPTS; attempts++) {
      const outcome = await attempt();
      if (outcome !== null) return outcome;
      leave ??= await contended.enter(stream);
    }
  } finally {
    leave?.();
  }
  throw new DomainError('unavailable', 'COMMAND.CONTENDED', `${stream} is being written to by others; try again`);
}

/** null: somebody else appended between our read and our append. */
async function decideOnce<State, Event extends DomainEvent>(
  store: EventStore,
  command: StreamCommand<State, Event>,
): Promise<Outcome | null> {
  const { id, stream, context } = command;

  // 1. Read the stream, 3. fold it: from where the last command on it left off.
  const { state, revision, position, hasCommand } = await foldStream(store, command);

  // 2. This command is there already? Then the answer is what it was.
  if (hasCommand(context.commandId)) return outcomeOf(id, context, await store.readStream(stream));
  assertExpected(command, revision);

  // 4. Decide.
  const decision = command.decide(state);
  const decided = decision instanceof Promise ? await decision : decision;
  if (decided.length === 0) return { id, revision, position, repeated: false, events: [] };

  // 5. Stamp.
  const events = decided.map((event, index) => stamp(store, stream, context, event, index));

  // 6. Append at the revision read; 7. on conflict the caller begins again.
  const appended = await appendAt(store, stream, events, revision);
  return appended === null ? null : outcomeOfAppend(id, events, appended);
}

/** Throws `COMMAND.STALE_REVISION` where the command names another revision than the stream's. */
export function assertExpected({ stream, context }: Pick<AnyCommand, 'stream' | 'context'>, revision: number): void {
  if (context.expectedRevision === undefined || context.expectedRevision === revision) return;
  throw new DomainError('stale', 'COMMAND.STALE_REVISION', `${stream} is not at revision ${context.expectedRevision}`, {
    actual: revision === -1 ? null : revision,
  });
}

type AnyCommand = StreamCommand<never, DomainEvent>;

/** null: the stream has another revision by now. */
export async function appendAt(
  store: EventStore,
  stream: string,
  events: readonly NewEvent[],
  revision: number,
): Promise<Appended | null> {
  try {
    return await store.append(stream, events, { expected: revision === -1 ? 'no-stream' : revision });
  } catch (error) {
    if (error instanceof DomainError && error.code === 'EVENT_STORE.WRONG_REVISION') return null;
    throw error;
  }
}

/** The answer to a command whose events were just appended, all of them at once. */
export function outcomeOfAppend(id: string, events: readonly NewEvent[], appended: Appended): Outcome {
  const first = appended.revision - events.length + 1;
  return {
    id,
    revision: appended.revision,
    position: appended.position,
    repeated: appended.repeated,
    events: events.map((event, index) => ({ id: event.eventId, type: event.type, revision: first + index })),
  };
}

/** What a command answered whose events stand in its stream; null where there are none. */
export function outcomeOf(id: string, context: CommandContext, history: readonly RecordedEvent[]): Outcome | null {
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
