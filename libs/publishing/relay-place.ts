import type { EventStore } from '#event-store/event-store.js';
import { DomainError, refused } from '#kernel/errors.js';
import { parsePosition, positionText, START, type Position } from '#kernel/position.js';
import { attributeOf, FLOOR_HEADER, type PublicRecord } from './cloud-event.js';
import type { Tail } from './publisher.js';

/** Where to go on. */
export interface Place {
  /** Every partition is complete up to here. */
  readonly floor: Position;
  /** The last event of each partition: it is complete up to there. */
  readonly tails: readonly { readonly position: Position; readonly eventId: string | null }[];
}

interface LastRecord {
  readonly partition: number;
  readonly eventId: string;
  readonly position: Position;
  readonly ledgerId: string;
  readonly floor: Position;
}

/**
 * Reads a topic's ends as a checkpoint. Records of another ledger are found here by their event ids: a ledger that was copied keeps
 * them, though not the positions. Throws, as `refused`, what only people can decide: `PUBLISHING.RECORDS_DELETED`,
 * `PUBLISHING.FOREIGN_RECORD`, `PUBLISHING.OTHER_LEDGER`, `PUBLISHING.LEDGER_BEHIND_TOPIC`.
 */
export async function placeOf(
  tails: readonly Tail[],
  store: EventStore,
  types: readonly string[],
  signal: AbortSignal,
): Promise<Place> {
  const lasts = tails.flatMap(({ last }, partition) => (last === null ? [] : [lastRecord(last, partition)]));
  const emptied = tails.findIndex(({ isEmptied }) => isEmptied);
  if (lasts.length === 0 && emptied >= 0) {
    throw refused(
      'PUBLISHING.RECORDS_DELETED',
      `the topic held records (partition ${emptied}) and all were deleted, so that nothing says how far it was; delete the topic to publish the ledger from its beginning`,
    );
  }
  const own = lasts.filter(({ ledgerId }) => ledgerId === store.ledgerId);
  const floor = own.reduce<Position>((most, last) => (last.floor > most ? last.floor : most), START);
  const furthest = own.reduce<Position>((most, { position }) => (position > most ? position : most), START);
  if (furthest > (await store.head())) {
    throw refused(
      'PUBLISHING.LEDGER_BEHIND_TOPIC',
      `the topic holds position ${positionText(furthest)}, which this ledger does not have: was it restored from an older backup?`,
    );
  }
  const positions = await positionsHere(
    lasts.filter(({ ledgerId }) => ledgerId !== store.ledgerId),
    store,
    types,
    signal,
  );
  const byPartition = new Map(lasts.map((last) => [last.partition, last]));
  return {
    floor,
    tails: tails.map((_, partition) => {
      const last = byPartition.get(partition);
      if (last === undefined) return { position: START, eventId: null };
      return { position: positions.get(last.eventId) ?? last.position, eventId: last.eventId };
    }),
  };
}

function lastRecord(headers: PublicRecord['headers'], partition: number): LastRecord {
  const position = parsePosition(attributeOf(headers, 'position') ?? '');
  const floor = parsePosition(headers[FLOOR_HEADER] ?? '');
  const eventId = attributeOf(headers, 'id');
  const ledgerId = attributeOf(headers, 'ledgerid');
  if (position !== null && floor !== null && eventId !== undefined && ledgerId !== undefined)
    return { partition, eventId, position, ledgerId, floor };
  throw refused(
    'PUBLISHING.FOREIGN_RECORD',
    `the last record of partition ${partition} is not ours: a topic of its own is needed`,
  );
}

async function positionsHere(
  others: readonly LastRecord[],
  store: EventStore,
  types: readonly string[],
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Position>> {
  const wanted = new Set(others.map(({ eventId }) => eventId));
  const found = new Map<string, Position>();
  if (wanted.size === 0) return found;
  for await (const { events } of store.readAll({ types })) {
    for (const { eventId, position } of events) if (wanted.has(eventId)) found.set(eventId, position);
    if (found.size === wanted.size) return found;
    if (signal.aborted) throw new DomainError('unavailable', 'PUBLISHING.UNAVAILABLE', 'stopped while starting');
  }
  const missing = others.find(({ eventId }) => !found.has(eventId));
  throw refused(
    'PUBLISHING.OTHER_LEDGER',
    `the topic holds events of the ledger ${missing?.ledgerId ?? ''}, and event ${missing?.eventId ?? ''} is not in this one: is it a copy, and a finished one?`,
  );
}
