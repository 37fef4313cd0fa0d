import type { Appended, EventStore, ExpectedRevision, ReadOptions } from '#event-store/event-store.js';
import type { NewEvent, RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { positionOf, START } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';

export interface LedgerInMemory extends EventStore {
  readonly events: readonly RecordedEvent[];
  /** Called before every append; throwing makes it fail as a crash would: nothing is written. */
  beforeAppend: (stream: string) => void | Promise<void>;
}

/** A ledger for specs of what writes to it: revisions, expectations and known event ids as the port promises; no time travel, no waiting. */
export function ledgerInMemory(clock: () => Instant = () => 0): LedgerInMemory {
  const events: RecordedEvent[] = [];
  const of = (stream: string): readonly RecordedEvent[] => events.filter((event) => event.stream === stream);
  const read = (stream: string, { from = 0, upTo }: ReadOptions = {}): readonly RecordedEvent[] =>
    of(stream).filter((event) => event.revision >= from && (upTo === undefined || event.position <= upTo));

  function appendNow(stream: string, added: readonly NewEvent[], expected: ExpectedRevision): Appended {
    const before = of(stream);
    const known = added.map((event) => events.find(({ eventId }) => eventId === event.eventId));
    const last = known.at(-1);
    if (last !== undefined && known.every((event) => event?.stream === stream)) {
      return { revision: last.revision, position: last.position, repeated: true };
    }
    if (known.some((event) => event !== undefined))
      throw new DomainError('refused', 'EVENT_STORE.EVENT_ID_TAKEN', 'elsewhere');
    const actual = before.length - 1;
    const holds =
      typeof expected === 'number'
        ? expected === actual
        : expected === 'any' || (expected === 'exists') === actual >= 0;
    if (!holds)
      throw new DomainError('stale', 'EVENT_STORE.WRONG_REVISION', stream, { actual: actual < 0 ? null : actual });
    for (const [index, event] of added.entries()) {
      const payload = JSON.stringify(event.data);
      events.push({
        ...event,
        meta: event.meta ?? null,
        recordedAt: event.recordedAt ?? clock(),
        stream,
        revision: before.length + index,
        position: positionOf(events.length + 1),
        data: (): unknown => JSON.parse(payload),
      });
    }
    return { revision: actual + added.length, position: positionOf(events.length), repeated: false };
  }

  const ledger: LedgerInMemory = {
    events,
    beforeAppend: () => undefined,
    ledgerId: '5b1f3c1e-2f64-4a8e-9a51-0c8a2d9d6f10' as Uuid, // UUID text
    append: async (stream, added, { expected }) => {
      await ledger.beforeAppend(stream);
      return appendNow(stream, added, expected);
    },
    read: async function* (stream, options) {
      yield* read(stream, options);
    },
    readStream: async (stream, options) => read(stream, options),
    readAll: async function* ({ after = START }) {
      yield { events: events.filter((event) => event.position > after), to: positionOf(events.length) };
    },
    subscribe: async function* () {
      yield { caughtUp: true, to: positionOf(events.length) };
    },
    head: async () => positionOf(events.length),
    positionAt: async (moment) => events.findLast((event) => event.recordedAt <= moment)?.position ?? START,
    recordedAtOf: async (position) => events.findLast((event) => event.position <= position)?.recordedAt ?? null,
    firstRecordedAt: async () => events[0]?.recordedAt ?? null,
    streamsOfLead: async (leadId) => [
      ...new Set(
        events
          .filter((event) => event.revision === 0 && event.leadId === leadId && event.stream !== `lead-${leadId}`)
          .map(({ stream }) => stream),
      ),
    ],
    clockLag: async () => 0,
    close: async () => undefined,
  };
  return ledger;
}
