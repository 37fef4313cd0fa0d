import type { EventStore } from './event-store.js';

/** Streams of one store that writers of this process compete for; whoever enters waits until everybody before has left. */
export interface ContendedStreams {
  has(stream: string): boolean;
  /** Resolves with the function that leaves again; leaving twice does nothing. */
  enter(stream: string): Promise<() => void>;
}

/** One register per store, shared by everyone who writes to it. */
export function contendedStreams(store: EventStore): ContendedStreams {
  let register = REGISTERS.get(store);
  if (register === undefined) {
    register = newRegister();
    REGISTERS.set(store, register);
  }
  return register;
}
const REGISTERS = new WeakMap<EventStore, ContendedStreams>();

function newRegister(): ContendedStreams {
  const lastOf = new Map<string, Promise<void>>();
  return {
    has: (stream) => lastOf.has(stream),
    async enter(stream) {
      const before = lastOf.get(stream);
      const { promise: mine, resolve } = Promise.withResolvers<undefined>();
      const left: Promise<void> = mine;
      lastOf.set(stream, left);
      await before;
      return () => {
        if (lastOf.get(stream) === left) lastOf.delete(stream);
        resolve(undefined);
      };
    },
  };
}
