import type { DomainEvent, NewEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Position } from '#kernel/position.js';
import type { Outcome, StreamCommand } from './command-context.js';
import type { EventStore } from './event-store.js';
import { foldStream } from './folded-streams.js';
import { appendAt, assertExpected, outcomeOf, outcomeOfAppend, stamp, untilUncontended } from './run-decider.js';

/**
 * Several commands on one stream, in order, in one append: each is decided on what those before it left, and answered as `runDecider` would
 * answer it alone. A refusal is that command's answer and leaves the others in; whatever else goes wrong fails all, and repeating is safe.
 * The commands share `initialState` and `evolve`.
 */
export async function runDeciders<State, Event extends DomainEvent>(
  store: EventStore,
  commands: readonly [StreamCommand<State, Event>, ...StreamCommand<State, Event>[]],
): Promise<readonly (Outcome | DomainError)[]> {
  const [{ stream }] = commands;
  if (commands.some((command) => command.stream !== stream)) throw new Error('one append is of one stream');
  return untilUncontended(store, stream, () => decideAll(store, commands));
}

/** Events on their way, and the stream's revision after them. */
interface Pending {
  readonly id: string;
  readonly events: readonly NewEvent[];
  readonly revision: number;
}

async function decideAll<State, Event extends DomainEvent>(
  store: EventStore,
  commands: readonly [StreamCommand<State, Event>, ...StreamCommand<State, Event>[]],
): Promise<readonly (Outcome | DomainError)[] | null> {
  const [{ stream, evolve }] = commands;
  const folded = await foldStream(store, commands[0]);
  let { state, revision } = folded;
  const answers: (Outcome | DomainError | Pending)[] = [];
  for (const command of commands) {
    const { id, context } = command;
    try {
      const before = folded.hasCommand(context.commandId)
        ? outcomeOf(id, context, await store.readStream(stream))
        : null;
      if (before !== null) {
        answers.push(before);
        continue;
      }
      assertExpected(command, revision);
      const decided = await command.decide(state);
      for (const event of decided) state = evolve(state, { ...event, revision: ++revision, actor: context.actor });
      answers.push({
        id,
        revision,
        events: decided.map((event, index) => stamp(store, stream, context, event, index)),
      });
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind === 'unavailable') throw error;
      answers.push(error);
    }
  }
  const events = answers.flatMap((answer) => (isPending(answer) ? answer.events : []));
  const positions = new Map<number, Position>([[folded.revision, folded.position]]);
  let repeated = false;
  if (events.length > 0) {
    const appended = await appendAt(store, stream, events, folded.revision);
    if (appended === null) return null;
    ({ repeated } = appended);
    // Where each event lies is read back: positions need not be neighbours.
    const from = appended.revision - events.length + 1;
    for (const event of await store.readStream(stream, { from })) positions.set(event.revision, event.position);
  }
  return answers.map((answer) => (isPending(answer) ? outcomeOfPending(answer, positions, repeated) : answer));
}

const isPending = (answer: Outcome | DomainError | Pending): answer is Pending =>
  !(answer instanceof DomainError) && !('position' in answer);

function outcomeOfPending(
  { id, events, revision }: Pending,
  positions: ReadonlyMap<number, Position>,
  repeated: boolean,
) {
  const position = positions.get(revision);
  if (position === undefined) throw new Error(`what was appended at revision ${revision} is not there`);
  return outcomeOfAppend(id, events, { revision, position, repeated: repeated && events.length > 0 });
}
