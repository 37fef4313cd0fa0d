import { positionOf, type Position } from '#kernel/position.js';
import type { LaneContext } from '#subscriptions/processor.js';
import type { Stored, Write } from '#read-store/read-store.js';
import { rowsOf, type StoredFact } from './block-rows.js';
import { decodeBlock, epochOfBlock } from './block.js';
import { encodeBlock } from './encode-block.js';
import { tupleTable } from './tuple-table.js';
import { epochsOf, metricOfId, packedId, slotId, SLOTS, type Epochs } from './epoch.js';
import type { FactSpace } from './fact-space.js';
import { clearRows, factRows, pushRow, rowAt, type FactRows } from './fact-rows.js';

export const BLOCK_VIEW = 'block';
export const DIMENSION_VIEW = 'dimension';

/**
 * The facts of one lane on their way to blocks: those of the open epoch are held in rows; a complete epoch becomes one block a metric. What is
 * stored at a checkpoint depends on the log up to there alone, not on when it was written.
 */
export interface FactLog {
  /** In order of position. */
  append(
    fact: Pick<StoredFact, 'metric' | 'day' | 'dims' | 'value' | 'class'>,
    n: number,
    cause: number,
    position: number,
  ): void;
  /** Moves on to the epoch of this position, completing those before it. */
  reach(position: number): void;
  /** Facts that a batch torn before its checkpoint had already stored behind the checkpoint, by position. */
  takeAhead(position: number): readonly StoredFact[];
  readonly hasAhead: boolean;
  /** Blocks that wait for being written. */
  readonly pending: number;
  writes(to: Position): Write[];
}

export async function openFactLog(context: LaneContext, space: FactSpace): Promise<FactLog> {
  const { lane } = context;
  const from = context.from === null ? 0 : Number(context.from);
  const epochs = epochsOf(context.positionsPerEvent);
  let epoch = epochs.of(from + 1);
  /** By metric. */
  const open: (OpenRows | undefined)[] = [];
  /** Positions of the stored documents that may be written again. */
  const stored = new Map<string, Position>();
  /** Stored small blocks of the open epoch, and of those before it. */
  const inUse = new Set<string>();
  const stale = new Set<string>();
  const names = new Set<string>();
  const storedNames = new Set<string>();
  let complete: { id: string; end: Position; bytes: Uint8Array }[] = [];
  const { rows, ahead } = await restore(context, space, epochs, epoch, from, { stored, inUse, stale, storedNames });
  for (const fact of rows) push(fact, fact.n, fact.cause, fact.position);
  for (const one of open) if (one !== undefined) one.clean = one.facts.length;

  function push(
    fact: Pick<StoredFact, 'metric' | 'day' | 'dims' | 'value' | 'class'>,
    n: number,
    cause: number,
    position: number,
  ): void {
    const { facts } = (open[fact.metric] ??= { facts: factRows(), clean: 0 });
    pushRow(facts, epochs.offset(position), fact.day, fact.dims, n, fact.value, fact.class, cause);
  }

  function reach(position: number): void {
    const target = epochs.of(position);
    if (target === epoch) return;
    const end = positionOf((epoch + 1) * epochs.length - 1);
    const encoding = { table: tupleTable(space.dimensions), custom: names };
    for (const [metric, one] of open.entries()) {
      if (one === undefined || one.facts.length === 0) continue;
      const bytes = encodeBlock(one.facts, 0, one.facts.length, epoch, true, encoding);
      complete.push({ id: packedId(lane, metric, epoch), end, bytes });
      clearRows(one.facts);
      one.clean = 0;
    }
    for (const id of inUse) stale.add(id);
    inUse.clear();
    epoch = target;
  }

  function writes(to: Position): Write[] {
    reach(Number(to) + 1);
    const batch: Write[] = [];
    const write = (view: string, id: string, at: Position, document: Write['document']): boolean => {
      const read = stored.get(id) ?? null;
      // A torn batch was here before, with all that is said now and more.
      if (read !== null && read > at) return false;
      batch.push({ view, id, read, at, document });
      stored.set(id, at);
      return true;
    };
    const encoding = { table: tupleTable(space.dimensions), custom: names };
    for (const { id, end, bytes } of complete) write(BLOCK_VIEW, id, end, bytes);
    complete = [];
    for (const [metric, one] of open.entries()) {
      if (one === undefined) continue;
      const { facts } = one;
      while (one.clean < facts.length) {
        const slot = Math.floor((facts.offset[one.clean] ?? 0) / epochs.slot);
        const first = rowAt(facts.offset, facts.length, slot * epochs.slot);
        one.clean = rowAt(facts.offset, facts.length, (slot + 1) * epochs.slot);
        const last = positionOf(epoch * epochs.length + (facts.offset[one.clean - 1] ?? 0));
        const id = slotId(lane, metric, slot);
        write(BLOCK_VIEW, id, last, encodeBlock(facts, first, one.clean, epoch, false, encoding));
        stale.delete(id);
        inUse.add(id);
      }
    }
    for (const id of stale) if (write(BLOCK_VIEW, id, to, null)) stale.delete(id);
    for (const name of names) {
      if (storedNames.has(name)) continue;
      batch.push({ view: DIMENSION_VIEW, id: dimensionId(lane, name), read: null, at: to, document: { name } });
      storedNames.add(name);
    }
    return batch;
  }

  return {
    append: push,
    reach,
    takeAhead(position) {
      return ahead.get(position) ?? [];
    },
    hasAhead: ahead.size > 0,
    get pending() {
      return complete.length;
    },
    writes,
  };
}

interface OpenRows {
  readonly facts: FactRows;
  /** Rows before this one are stored as they are. */
  clean: number;
}

const dimensionId = (lane: number, name: string): string => `${lane.toString().padStart(3, '0')}.${name}`;

interface Known {
  readonly stored: Map<string, Position>;
  readonly inUse: Set<string>;
  readonly stale: Set<string>;
  readonly storedNames: Set<string>;
}

/**
 * Reads the open epoch back. A store without transactions may hold blocks behind the checkpoint (a batch is written facts first): these facts
 * are kept apart, for events whose history turns out to be ahead too; others write theirs again.
 */
async function restore(
  context: LaneContext,
  { processor, metrics, dimensions }: FactSpace,
  epochs: Epochs,
  epoch: number,
  from: number,
  known: Known,
): Promise<{ rows: StoredFact[]; ahead: Map<number, StoredFact[]> }> {
  const { store, generation, lane } = context;
  const rows: StoredFact[] = [];
  const ahead = new Map<number, StoredFact[]>();
  const sort = (stored: Stored<Uint8Array>): void => {
    const block = decodeBlock(stored.document);
    for (const fact of rowsOf(block, metricOfId(stored.id), block.epoch * epochs.length, dimensions)) {
      if (fact.position <= from) rows.push(fact);
      else ahead.set(fact.position, [...(ahead.get(fact.position) ?? []), fact]);
    }
    known.stored.set(stored.id, stored.at);
  };
  const packed = new Set<string>();
  for (const metric of metrics) {
    const blocks = await store.range<Uint8Array>(
      processor,
      generation,
      BLOCK_VIEW,
      packedId(lane, metric, epoch),
      packedId(lane, metric + 1, 0),
    );
    for (const stored of blocks) {
      sort(stored);
      packed.add(packedId(lane, metric, epochOfBlock(stored.document)));
    }
  }
  const slots = metrics.flatMap((metric) => Array.from({ length: SLOTS }, (_, slot) => slotId(lane, metric, slot)));
  const found = await store.getMany<Uint8Array>(processor, generation, BLOCK_VIEW, slots, { tombstones: true });
  for (const { id, at, document } of [...found].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    known.stored.set(id, at);
    if (document === null) continue;
    const own = epochOfBlock(document);
    (own >= epoch ? known.inUse : known.stale).add(id);
    // Packed already: not read again.
    if (own >= epoch && !packed.has(packedId(lane, metricOfId(id), own))) sort({ id, at, document });
  }
  for (const stored of await store.range<{ name: string }>(
    processor,
    generation,
    DIMENSION_VIEW,
    dimensionId(lane, ''),
    dimensionId(lane, '\uffff'),
  )) {
    known.storedNames.add(stored.document.name);
  }
  return { rows, ahead };
}
