import type { RecordedEvent } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import { positionOf, type Position } from '#kernel/position.js';
import type { Write } from '#read-store/read-store.js';
import type { LaneContext } from '#subscriptions/processor.js';
import {
  fromDocument,
  historyJson,
  touchLogOf,
  touchLogRows,
  type DocumentContext,
  type HistoryDocument,
  type TouchLogRow,
} from '../history/document.js';
import { EMPTY } from '../history/fold.js';
import { happeningOf, type Happening } from '../history/happening.js';
import type { History } from '../history/history.js';
import { mayNeedLog, type TouchLogEntry } from '../history/touches.js';
import { FIGURES_PROCESSOR } from './fact-space.js';

export const HISTORY_VIEW = 'history';
export const TOUCH_VIEW = 'touch-log';

export interface HistoryEntry {
  readonly id: string;
  history: History;
  /** Position that the history has reached. */
  at: number;
  /** Position of the stored document. */
  stored: Position | null;
  dirty: boolean;
  /** Chunks of the touch log by number: those not written yet, or, once they were needed, all. */
  log: Map<number, readonly TouchLogEntry[]> | null;
  hasWholeLog: boolean;
}

/** An event and the history that it belongs to. */
export interface Turn {
  readonly happening: Happening;
  readonly entry: HistoryEntry;
}

/** The histories that one lane works on: loaded a page at a time, kept in memory within bounds, written back when the lane flushes. */
export interface HistoryCache {
  prepare(events: readonly RecordedEvent[]): Promise<void>;
  /** Of an event that was prepared. */
  turnOf(event: RecordedEvent): Turn;
  keep(entry: HistoryEntry, history: History, position: number, chunk: readonly TouchLogEntry[] | null): void;
  readonly dirty: number;
  writes(): Write[];
}

/** `mayBeAhead`: the store may hold histories behind the checkpoint (a torn batch), so even new ones are looked for. */
export function historyCache(
  { store, generation }: LaneContext,
  context: DocumentContext,
  options: { readonly cached: number; readonly mayBeAhead: boolean },
): HistoryCache {
  // Two generations instead of a list by last use: an event then costs one look-up.
  let recent = new Map<string, HistoryEntry>();
  let older = new Map<string, HistoryEntry>();
  let dirty: HistoryEntry[] = [];
  let chunks: { id: string; at: Position; rows: readonly TouchLogRow[] }[] = [];
  /** The page's events in order; the next one asked for is nearly always the one at the cursor. */
  let turns: Turn[] = [];
  let cursor = 0;

  function known(id: string): HistoryEntry | undefined {
    const entry = recent.get(id);
    if (entry !== undefined) return entry;
    const old = older.get(id);
    if (old !== undefined) recent.set(id, old);
    return old;
  }

  function entry(id: string, history: History, stored: Position | null): HistoryEntry {
    const made = { id, history, at: Number(stored ?? 0n), stored, dirty: false, log: null, hasWholeLog: false };
    recent.set(id, made);
    return made;
  }

  async function load(ids: readonly string[]): Promise<void> {
    const missing = new Set(ids);
    for (const { id, at, document } of await store.getMany<HistoryDocument>(
      FIGURES_PROCESSOR,
      generation,
      HISTORY_VIEW,
      ids,
    )) {
      missing.delete(id);
      entry(id, fromDocument(document, context), at);
    }
    for (const id of missing) entry(id, EMPTY, null);
  }

  async function readLog(of: HistoryEntry): Promise<void> {
    of.log ??= new Map();
    of.hasWholeLog = true;
    const [from, to] = [chunkId(of.id, 0), chunkId(of.id, LAST_CHUNK)];
    for (const { id, document } of await store.range<readonly TouchLogRow[]>(
      FIGURES_PROCESSOR,
      generation,
      TOUCH_VIEW,
      from,
      to,
    )) {
      const number = Number(id.slice(-6));
      if (!of.log.has(number)) of.log.set(number, touchLogOf(document));
    }
  }

  async function prepare(events: readonly RecordedEvent[]): Promise<void> {
    const happenings = events.map(happeningOf);
    const missing = new Set<string>();
    const annulments = new Map<string, number>();
    for (const happening of happenings) {
      const { historyId, type } = happening;
      if (known(historyId) === undefined) {
        if (startsHistory(happening) && !options.mayBeAhead) entry(historyId, EMPTY, null);
        else missing.add(historyId);
      }
      if (type === 'lead.touch-annulled') annulments.set(historyId, (annulments.get(historyId) ?? 0) + 1);
    }
    if (missing.size > 0) await load([...missing]);
    turns = happenings.map((happening) => ({
      happening,
      entry: known(happening.historyId) ?? entry(happening.historyId, EMPTY, null),
    }));
    cursor = 0;
    for (const [id, count] of annulments) {
      const own = known(id);
      const touches = own?.history.lead?.touches;
      if (
        own !== undefined &&
        touches !== undefined &&
        !own.hasWholeLog &&
        (touches.chunks > 0 || mayNeedLog(touches, count))
      )
        await readLog(own);
    }
  }

  return {
    prepare,

    turnOf(event) {
      if (turns[cursor]?.happening.source !== event)
        cursor = turns.findIndex(({ happening }) => happening.source === event);
      const turn = turns[cursor++];
      if (turn === undefined) throw new Error(`event ${event.eventId} was not prepared`);
      return turn;
    },

    keep(of, history, position, chunk) {
      of.history = history;
      of.at = position;
      if (chunk !== null) {
        const number = (history.lead?.touches.chunks ?? 1) - 1;
        of.log ??= new Map();
        of.log.set(number, chunk);
        chunks.push({ id: chunkId(of.id, number), at: positionOf(position), rows: touchLogRows(chunk) });
      }
      if (of.dirty) return;
      of.dirty = true;
      dirty.push(of);
    },

    get dirty() {
      return dirty.length;
    },

    writes() {
      const batch: Write[] = [];
      for (const { id, at, rows } of chunks) {
        const document = rows as unknown as Json; // rows of texts and numbers
        batch.push({ view: TOUCH_VIEW, id, read: null, at, document });
      }
      for (const of of dirty) {
        const at = positionOf(of.at);
        batch.push({ view: HISTORY_VIEW, id: of.id, read: of.stored, at, document: historyJson(of.history) });
        of.stored = at;
        of.dirty = false;
        if (!of.hasWholeLog) of.log = null;
      }
      dirty = [];
      chunks = [];
      if (recent.size > options.cached) {
        older = recent;
        recent = new Map();
      }
      return batch;
    },
  };
}

/** The lead's older touches, of which `prepare` has foreseen that they are needed. */
export function touchLogOfEntry(entry: HistoryEntry | null): readonly TouchLogEntry[] {
  const chunks = entry?.history.lead?.touches.chunks ?? 0;
  return Array.from({ length: chunks }, (_, number) => {
    const chunk = entry?.log?.get(number);
    if (chunk === undefined) throw new Error(`chunk ${number} of the touches of ${entry?.id ?? ''} was not prepared`);
    return chunk;
  }).flat();
}

/** Nothing can be stored for it yet, unless by a torn batch. */
const startsHistory = ({ type, hasLead, source }: Happening): boolean =>
  (type === 'lead.created' || !hasLead) && source.revision === 0;

const LAST_CHUNK = 999_999;
const chunkId = (id: string, number: number): string => `${id}/${number.toString().padStart(6, '0')}`;
