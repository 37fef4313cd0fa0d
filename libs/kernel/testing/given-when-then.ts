import type { Decider } from '../decider.js';
import type { Actor, DomainEvent } from '../envelope.js';
import { DomainError, type ErrorKind } from '../errors.js';

/** An event that happened before: its actor is `someone` of team system unless said otherwise. */
export type GivenEvent<Event extends DomainEvent> = Event & { readonly actor?: Actor };

/**
 * Specifies one decision: `decide(decider).given([events]).when(command).then([events])`, `.thenNothing()` or
 * `.thenRefused('LEAD.WRONG_TEAM')`. Revisions are numbered from 0 in the order given.
 */
export function decide<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
): Given<Command, Event> {
  return {
    given: (events) => ({
      when: (command) => {
        const state = replay(decider, events);
        const attempt = (): readonly Event[] => decider.decide(command, state);
        return {
          then: (expected) => expect(attempt()).toEqual(expected),
          thenNothing: () => expect(attempt()).toEqual([]),
          thenRefused: (code, kind) => {
            const refusal = refusalOf(attempt);
            expect(refusal.code).toBe(code);
            if (kind !== undefined) expect(refusal.kind).toBe(kind);
          },
        };
      },
    }),
  };
}

/** The state after these events. */
export function replay<State, Event extends DomainEvent>(
  fold: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  events: readonly GivenEvent<Event>[],
): State {
  return events.reduce<State>(
    (state, event, revision) => fold.evolve(state, { actor: SOMEONE, ...event, revision }),
    fold.initialState,
  );
}

export interface Given<Command, Event extends DomainEvent> {
  given(events: readonly GivenEvent<Event>[]): { when(command: Command): Then<Event> };
}

export interface Then<Event extends DomainEvent> {
  /** Exactly these events. */
  then(expected: readonly Event[]): void;
  thenNothing(): void;
  thenRefused(code: string, kind?: ErrorKind): void;
}

const SOMEONE: Actor = { id: 'someone', team: 'system' };

function refusalOf(attempt: () => unknown): DomainError {
  let decided: unknown;
  try {
    decided = attempt();
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error(`expected a refusal, but it decided ${JSON.stringify(decided)}`);
}
