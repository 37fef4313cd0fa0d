import type { Actor, DomainEvent, RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import { START, type Position } from '#kernel/position.js';
import type { StreamCommand } from './command-context.js';
import type { EventStore } from './event-store.js';
import { streamEvent } from './stream-event.js';

/** A stream as far as it was read: its folded state and what an answer names of its last event. */
export interface FoldedStream<State> {
  readonly state: State;
  /** -1 where the stream does not exist. */
  readonly revision: number;
  readonly position: Position;
  /** Whether an event of this command is among those that were folded. */
  hasCommand(id: Uuid): boolean;
}

/** Events in all behind the remembered states. */
const REMEMBERED = 20_000;

/**
 * Reads a stream and folds it, going on from the state that an earlier command on it left in this process: a command on a lead with ten
 * thousand touches then costs what one on a lead with ten costs. A stream only grows, so a state of a revision holds for ever; what came
 * after it, from whichever process, is read now, and the append that follows checks the revision once more.
 */
export async function foldStream<State, Event extends DomainEvent>(
  store: EventStore,
  { stream, initialState, evolve }: Pick<StreamCommand<State, Event>, 'stream' | 'initialState' | 'evolve'>,
): Promise<FoldedStream<State>> {
  const remembered = rememberedOf(store);
  let entry = remembered.get(stream, evolve);
  const from = (entry?.revision ?? -1) + 1;
  let events = await store.readStream(stream, from === 0 ? {} : { from });
  if (entry === null) {
    if (events.length === 0) return { state: initialState, revision: -1, position: START, hasCommand: () => false };
    // Somebody else may have folded it while we read.
    entry = remembered.get(stream, evolve) ?? {
      evolve: evolve as Evolve,
      state: initialState,
      revision: -1,
      position: START,
      commands: new Set(),
    };
  } else if ((events[0]?.revision ?? 0) > entry.revision + 1) {
    events = await store.readStream(stream);
  }
  // From here on nothing waits: two commands on one stream share the entry.
  for (const event of events) if (event.revision === entry.revision + 1) goOn(entry, event);
  remembered.keep(stream, entry);
  const { revision, position, commands } = entry;
  const state = entry.state as State; // made by this `evolve`
  return { state, revision, position, hasCommand: (id) => commands.has(id) };
}

type Evolve = (state: unknown, event: DomainEvent & { readonly revision: number; readonly actor: Actor }) => unknown;

interface Entry {
  readonly evolve: Evolve;
  state: unknown;
  revision: number;
  position: Position;
  readonly commands: Set<Uuid>;
}

function goOn(entry: Entry, event: RecordedEvent): void {
  entry.state = entry.evolve(entry.state, streamEvent<DomainEvent>(event));
  entry.revision = event.revision;
  entry.position = event.position;
  entry.commands.add(event.commandId);
}

interface Remembered {
  get(stream: string, evolve: unknown): Entry | null;
  keep(stream: string, entry: Entry): void;
}

/** One memory a store; the streams used longest ago go first. */
function rememberedOf(store: EventStore): Remembered {
  let remembered = MEMORIES.get(store);
  if (remembered === undefined) {
    remembered = newMemory();
    MEMORIES.set(store, remembered);
  }
  return remembered;
}
const MEMORIES = new WeakMap<EventStore, Remembered>();

function newMemory(): Remembered {
  const entries = new Map<string, { readonly entry: Entry; readonly events: number }>();
  let events = 0;
  const drop = (stream: string): void => {
    events -= entries.get(stream)?.events ?? 0;
    entries.delete(stream);
  };
  return {
    get(stream, evolve) {
      const known = entries.get(stream)?.entry;
      return known !== undefined && known.evolve === evolve ? known : null;
    },
    keep(stream, entry) {
      drop(stream);
      const own = entry.revision + 1;
      entries.set(stream, { entry, events: own });
      events += own;
      for (const oldest of entries.keys()) {
        if (events <= REMEMBERED || oldest === stream) break;
        drop(oldest);
      }
    },
  };
}
