import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Json } from '#kernel/json.js';
import type { EventStore } from './event-store.js';
import { EventWithData, withMappedReads } from './mapped-reads.js';

/** One step from schema version `from` to `from + 1` of a type, on plain JSON. Pure; one file a step. */
export interface Upcaster {
  readonly type: string;
  readonly from: number;
  readonly upcast: (data: Json) => Json;
}

export interface UpcasterRegistry {
  /** The version in which this program writes a type. */
  currentVersion(type: string): number;
  /** A payload in the current version. Throws `EVENT_STORE.NEWER_SCHEMA` for what a later program wrote. */
  upcast(type: string, version: number, data: Json): Json;
}

/** Chains the steps of every type; refuses a gap and a doubled step at once, not when the first old event is read. */
export function upcasterRegistry(upcasters: readonly Upcaster[]): UpcasterRegistry {
  const chains = new Map<string, Upcaster['upcast'][]>();
  for (const { type, from, upcast } of [...upcasters].sort((a, b) => a.from - b.from)) {
    const chain = chains.get(type) ?? [];
    if (from !== chain.length + 1) throw new Error(`the steps of ${type} must lead from version 1 on without a gap`);
    chains.set(type, [...chain, upcast]);
  }
  const currentVersion = (type: string): number => 1 + (chains.get(type)?.length ?? 0);
  return {
    currentVersion,
    upcast(type, version, data) {
      if (version > currentVersion(type)) {
        throw new DomainError(
          'unavailable',
          'EVENT_STORE.NEWER_SCHEMA',
          `${type} in version ${version} was written by a later program`,
        );
      }
      return (chains.get(type) ?? []).slice(version - 1).reduce((json, step) => step(json), data);
    },
  };
}

/** A store that gives every event in the current version of its type, and tells writers which that is. Stands outside decryption. */
export function upcastingEventStore(store: EventStore, registry: UpcasterRegistry): EventStore {
  const mapped = withMappedReads(store, (event: RecordedEvent) => {
    const current = registry.currentVersion(event.type);
    if (event.schemaVersion === current) return event;
    const upcast = (old: RecordedEvent): Json => registry.upcast(old.type, old.schemaVersion, old.data() as Json); // payloads are JSON
    return new EventWithData(event, upcast, Math.max(current, event.schemaVersion));
  });
  return { ...mapped, schemaVersionOf: (type) => registry.currentVersion(type) };
}
