import type { DayNumber } from '#kernel/time.js';
import type { ReadStore } from '#read-store/read-store.js';
import { decodeBlock, epochOfBlock, type Block } from './blocks/block.js';
import { rowsOf, type StoredFact } from './blocks/block-rows.js';
import { epochsOf, packedId, slotId } from './blocks/epoch.js';
import { rowAt } from './blocks/fact-rows.js';
import { BLOCK_VIEW } from './blocks/fact-log.js';
import { FIGURES_FACTS, type FactSpace } from './blocks/fact-space.js';

/** One generation of the figures, pinned for a question, with each lane's checkpoint at that time. */
export interface Pin {
  readonly generation: number;
  readonly checkpoints: readonly number[];
}

/** The first `rows` rows of a block lie at or before the position asked for. */
export interface BlockCut {
  readonly block: Block;
  readonly rows: number;
}

/** Both ends included; null: open. */
export interface DayRange {
  readonly from: DayNumber | null;
  readonly to: DayNumber | null;
}

export interface FactsReader {
  /** Positions in an epoch. */
  readonly epochLength: number;
  /** All facts of a metric up to a position, across lanes, in blocks; blocks that lie outside the days are left out. */
  cuts(pin: Pin, metric: number, upTo: number, days: DayRange): Promise<readonly BlockCut[]>;
  /** The facts between two positions (after, up to and including), lane by lane in order of position. */
  between(pin: Pin, metric: number, after: number, upTo: number): Promise<readonly StoredFact[]>;
}

/** Decoded blocks kept per read store, bytes. */
const CACHE_BYTES = 256 * 1024 * 1024;

/** The one reader of a processor's facts in a store, so that everybody shares what is decoded. */
export function factsReaderOf(store: ReadStore, space: FactSpace = FIGURES_FACTS, positionsPerEvent = 1): FactsReader {
  let readers = READERS.get(store);
  if (readers === undefined) READERS.set(store, (readers = new Map<string, FactsReader>()));
  let reader = readers.get(space.processor);
  if (reader === undefined)
    readers.set(space.processor, (reader = openFactsReader(store, CACHE_BYTES, space, positionsPerEvent)));
  return reader;
}
const READERS = new WeakMap<ReadStore, Map<string, FactsReader>>();

/** A block as read; decoded when a question first needs it. */
interface LazyBlock {
  readonly epoch: number;
  readonly minDay: DayNumber;
  readonly maxDay: DayNumber;
  stored: Uint8Array | null;
  block: Block | null;
}

/** Blocks of one lane and metric: all epochs up to `through` are here and never change. */
interface Series {
  blocks: LazyBlock[];
  through: number;
  usedAt: number;
}

export function openFactsReader(
  store: ReadStore,
  cacheBytes: number,
  { processor, dimensions }: FactSpace = FIGURES_FACTS,
  positionsPerEvent = 1,
): FactsReader {
  const epochs = epochsOf(positionsPerEvent);
  const complete = new Map<string, Series>();
  const open = new Map<string, { readonly at: bigint; readonly block: LazyBlock }>();
  let generation = -1;
  let clock = 0;

  /** Small blocks first: what completes between the two reads is then seen twice and counted once, never missed. */
  async function load(pin: Pin, lane: number, metric: number, upTo: number): Promise<readonly LazyBlock[]> {
    const series = seriesOf(pin, lane, metric);
    const known = series.through;
    if (upTo < (known + 1) * epochs.length) return series.blocks;
    const slots = await store.range<Uint8Array>(
      processor,
      pin.generation,
      BLOCK_VIEW,
      slotId(lane, metric, 0),
      slotId(lane, metric + 1, 0),
    );
    const from = packedId(lane, metric, known + 1);
    const packed = await store.range<Uint8Array>(
      processor,
      pin.generation,
      BLOCK_VIEW,
      from,
      packedId(lane, metric + 1, 0),
    );
    const through = epochs.of((pin.checkpoints[lane] ?? 0) + 1) - 1;
    const later: LazyBlock[] = [];
    const packedEpochs = new Set<number>();
    for (const { document } of packed) {
      const block = lazy(document);
      packedEpochs.add(block.epoch);
      if (block.epoch > through) later.push(block);
      else if (block.epoch > series.through) series.blocks.push(block);
    }
    series.through = Math.max(series.through, through);
    for (const { id, at, document } of slots) {
      const key = `${lane}/${id}`;
      let held = open.get(key);
      if (held?.at !== at) {
        held = { at, block: lazy(document) };
        open.set(key, held);
      }
      if (held.block.epoch > known && !packedEpochs.has(held.block.epoch)) later.push(held.block);
    }
    return later.length === 0 ? series.blocks : [...series.blocks, ...later];
  }

  function seriesOf(pin: Pin, lane: number, metric: number): Series {
    if (pin.generation !== generation) {
      complete.clear();
      open.clear();
      generation = pin.generation;
    }
    const key = `${lane}/${metric}`;
    let series = complete.get(key);
    if (series === undefined) {
      series = { blocks: [], through: -1, usedAt: 0 };
      complete.set(key, series);
    }
    series.usedAt = ++clock;
    return series;
  }

  /** Least recently asked metrics go first. */
  function evict(): void {
    const sizes = [...complete].map(([key, series]) => ({ key, usedAt: series.usedAt, bytes: sizeOf(series) }));
    let total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const { key, bytes } of sizes.sort((a, b) => a.usedAt - b.usedAt)) {
      if (total <= cacheBytes || complete.size <= 1) return;
      complete.delete(key);
      total -= bytes;
    }
  }

  return {
    epochLength: epochs.length,

    async cuts(pin, metric, upTo, days) {
      const cuts: BlockCut[] = [];
      let decoded = false;
      for (let lane = 0; lane < pin.checkpoints.length; lane++) {
        for (const one of await load(pin, lane, metric, upTo)) {
          if (
            one.epoch * epochs.length > upTo ||
            (days.to !== null && one.minDay > days.to) ||
            (days.from !== null && one.maxDay < days.from)
          )
            continue;
          decoded ||= one.block === null;
          const block = decode(one);
          const rows =
            (one.epoch + 1) * epochs.length - 1 <= upTo
              ? block.rows
              : rowAt(block.offset, block.rows, upTo - one.epoch * epochs.length + 1);
          if (rows > 0) cuts.push({ block, rows });
        }
      }
      if (decoded) evict();
      return cuts;
    },

    async between(pin, metric, after, upTo) {
      const facts: StoredFact[] = [];
      for (let lane = 0; lane < pin.checkpoints.length; lane++) {
        for (const one of await load(pin, lane, metric, upTo)) {
          if (one.epoch * epochs.length > upTo || (one.epoch + 1) * epochs.length <= after) continue;
          for (const fact of rowsOf(decode(one), metric, one.epoch * epochs.length, dimensions)) {
            if (fact.position > after && fact.position <= upTo) facts.push(fact);
          }
        }
      }
      return facts;
    },
  };
}

function lazy(stored: Uint8Array): LazyBlock {
  const header = new DataView(stored.buffer, stored.byteOffset, stored.byteLength);
  return {
    epoch: epochOfBlock(stored),
    minDay: header.getInt32(8, true),
    maxDay: header.getInt32(12, true),
    stored,
    block: null,
  };
}

function decode(one: LazyBlock): Block {
  one.block ??= decodeBlock(one.stored ?? new Uint8Array());
  one.stored = null;
  return one.block;
}

const sizeOf = (series: Series): number =>
  series.blocks.reduce((sum, one) => sum + (one.block?.bytes() ?? one.stored?.byteLength ?? 0), 0);
