import type { Actor, DomainEvent } from './envelope.js';

/**
 * The three functions a stream consists of; all pure: no clock, no random, no I/O. `decide` throws a DomainError to
 * refuse and returns [] when there is nothing to do.
 */
export interface Decider<State, Command, Event extends DomainEvent> {
  readonly initialState: State;
  readonly decide: (command: Command, state: State) => Event[];
  readonly evolve: (state: State, event: StreamEvent<Event>) => State;
}

/** What a fold sees of an event: enough for both a decided one and a recorded one. */
export type StreamEvent<Event extends DomainEvent> = Event & { readonly revision: number; readonly actor: Actor };
