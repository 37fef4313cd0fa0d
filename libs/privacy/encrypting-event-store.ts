import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import type { EventStore } from '#event-store/event-store.js';
import { EventWithData, withMappedReads } from '#event-store/mapped-reads.js';
import { isSealed, seal, unseal } from './field-cipher.js';
import type { KeyStore } from './key-store.js';
import type { PersonalFields } from './personal-fields.js';

type Payload = Readonly<Record<string, Json>>;

/**
 * The same store, whose personal fields are encrypted before it sees them, with the key of the lead that the event is about, else of
 * its stream. On the way back each is decrypted when it is looked at itself (a decision folds many notes that it never reads); a field
 * whose key was destroyed is null, one that does not open throws `PRIVACY.UNREADABLE`.
 */
export function encryptingEventStore(store: EventStore, keys: KeyStore, personal: PersonalFields): EventStore {
  const filledOf = (event: NewEvent): readonly string[] => {
    const payload = event.data as Payload; // a type with personal fields has an object for its payload
    return (personal[event.type] ?? []).filter((field) => payload[field] !== undefined && payload[field] !== null);
  };

  const subjectOf = (stream: string, event: NewEvent): string => event.leadId ?? stream;

  const encrypt = (stream: string, event: NewEvent): NewEvent => {
    const filled = filledOf(event);
    if (filled.length === 0) return event;
    const payload = event.data as Payload; // likewise
    const key = keys.keyFor(subjectOf(stream, event));
    const data: Record<string, unknown> = { ...payload };
    for (const field of filled) data[field] = seal(key, placeOf(event.eventId, field), payload[field] ?? null);
    return { ...event, data };
  };

  const decrypt = (event: RecordedEvent): Payload => {
    const stored = event.data() as Payload; // likewise
    let data = stored;
    for (const field of personal[event.type] ?? []) {
      const sealed = stored[field];
      if (!isSealed(sealed)) continue;
      if (data === stored) data = { ...stored };
      let opened: Json | undefined;
      const open = (): Json => {
        // Asked each time: what was opened before its key was destroyed must not be seen after.
        const key = keys.key(sealed.k);
        return key === null ? null : (opened ??= unseal(key, placeOf(event.eventId, field), sealed));
      };
      Object.defineProperty(data, field, { get: open, enumerable: true, configurable: true });
    }
    return data;
  };

  const { ready } = keys;
  let turn: Promise<void> = Promise.resolve();
  const reads = withMappedReads(
    store,
    (event) => ((personal[event.type]?.length ?? 0) === 0 ? event : new EventWithData(event, decrypt)),
    ready && ((events) => ready({ ids: keyIdsOf(events, personal) })),
  );
  /** Where keys have to be fetched, they are at hand now. */
  const encryptAll = async (stream: string, events: readonly NewEvent[]): Promise<NewEvent[]> => {
    if (ready !== undefined) {
      const about = events.filter((event) => filledOf(event).length > 0);
      const fetched = ready({ subjects: about.map((event) => subjectOf(stream, event)) });
      // Whoever hands over many without waiting relies on their order; some keys come later than others.
      const mine = turn.then(() => fetched);
      turn = mine.catch(() => undefined);
      await mine;
    }
    return events.map((event) => encrypt(stream, event));
  };
  const together = store.appendTogether?.bind(store);
  return {
    ...reads,
    append: async (stream, events, options) => store.append(stream, await encryptAll(stream, events), options),
    appendTogether:
      together &&
      (async (appends) => {
        const encrypted = appends.map(async (one) => ({ ...one, events: await encryptAll(one.stream, one.events) }));
        return together(await Promise.all(encrypted));
      }),
  };
}

/** The keys that these events name; an event that cannot be read says so where it is looked at. */
function keyIdsOf(events: readonly RecordedEvent[], personal: PersonalFields): string[] {
  const ids = new Set<string>();
  for (const event of events) {
    for (const field of personal[event.type] ?? []) {
      try {
        const sealed = (event.data() as Payload)[field]; // as above
        if (isSealed(sealed)) ids.add(sealed.k);
      } catch {
        break;
      }
    }
  }
  return [...ids];
}

const placeOf = (eventId: string, field: string): string => `${eventId}#${field}`;
