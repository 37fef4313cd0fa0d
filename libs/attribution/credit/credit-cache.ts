import type { DocumentContext } from '#figures/history/document.js';
import { happeningOf, type Happening } from '#figures/history/happening.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import { positionOf, type Position } from '#kernel/position.js';
import type { Write } from '#read-store/read-store.js';
import type { LaneContext } from '#subscriptions/processor.js';
import {
  creditJson,
  fromDocument,
  touchLogOf,
  touchLogRows,
  type CreditDocument,
  type TouchLogRow,
} from './credit-document.js';
import type { CreditHistory } from './credit-history.js';
import { lastEnd } from './deal-paths.js';
import { NOTHING_YET } from './fold-credit.js';
import type { TouchLogEntry } from './touch-list.js';

export const CREDIT_VIEW = 'credit';
export const TOUCH_VIEW = 'touch-log';

export interface CreditEntry {
  readonly id: string;
  history: CreditHistory;
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
export interface CreditTurn {
  readonly happening: Happening;
  readonly entry: CreditEntry;
}

/** The histories that one lane works on: loaded a page at a time, kept in memory within bounds, written back when the lane flushes. */
export interface CreditCache {
  prepare(events: readonly RecordedEvent[]): Promise<void>;
  /** Of an event that was prepared. */
  turnOf(event: RecordedEvent): CreditTurn;
  keep(entry: CreditEntry, history: CreditHistory, position: number, chunk: readonly TouchLogEntry[] | null): void;
  readonly dirty: number;
  writes(): Write[];
}

/** `mayBeAhead`: the store may hold histories behind the checkpoint (a torn batch), so even new ones are looked for. */
export function creditCache(
  { store, generation }: LaneContext,
  processor: string,
  context: DocumentContext,
  options: { readonly cached: number; readonly mayBeAhead: boolean },
): CreditCache {
  // Two generations instead of a list by last use: an event then costs one look-up.
  let recent = new Map<string, CreditEntry>();
  let older = new Map<string, CreditEntry>();
  let dirty: CreditEntry[] = [];
  let chunks: { id: string; at: Position; rows: readonly TouchLogRow[] }[] = [];
  let turns: CreditTurn[] = [];
  let cursor = 0;

  function known(id: string): CreditEntry | undefined {
    const entry = recent.get(id);
    if (entry !== undefined) return entry;
    const old = older.get(id);
    if (old !== undefined) recent.set(id, old);
    return old;
  }

  function enter(id: string, history: CreditHistory, stored: Position | null): CreditEntry {
    const made = { id, history, at: Number(stored ?? 0n), stored, dirty: false, log: null, hasWholeLog: false };
    recent.set(id, made);
    return made;
  }

  async function load(missing: ReadonlySet<string>): Promise<void> {
    const left = new Set(missing);
    const found = await store.getMany<CreditDocument>(processor, generation, CREDIT_VIEW, [...missing]);
    for (const { id, at, document } of found) {
      left.delete(id);
      enter(id, fromDocument(document, context), at);
    }
    for (const id of left) enter(id, NOTHING_YET, null);
  }

  async function readLog(of: CreditEntry): Promise<void> {
    of.log ??= new Map();
    of.hasWholeLog = true;
    const [from, to] = [chunkId(of.id, 0), chunkId(of.id, LAST_CHUNK)];
    const found = await store.range<readonly TouchLogRow[]>(processor, generation, TOUCH_VIEW, from, to);
    for (const { id, document } of found) {
      const number = Number(id.slice(-6));
      if (!of.log.has(number)) of.log.set(number, touchLogOf(document));
    }
  }

  return {
    async prepare(events) {
      const happenings = events.map(happeningOf);
      const missing = new Set<string>();
      for (const happening of happenings) {
        const { historyId } = happening;
        if (known(historyId) !== undefined) continue;
        if (startsHistory(happening) && !options.mayBeAhead) enter(historyId, NOTHING_YET, null);
        else missing.add(historyId);
      }
      if (missing.size > 0) await load(missing);
      turns = happenings.map((happening) => ({
        happening,
        entry: known(happening.historyId) ?? enter(happening.historyId, NOTHING_YET, null),
      }));
      cursor = 0;
      for (const { happening, entry } of turns) if (mayNeedLog(entry, happening)) await readLog(entry);
    },

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
        batch.push({ view: CREDIT_VIEW, id: of.id, read: of.stored, at, document: creditJson(of.history) });
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
export function touchLogOfEntry({ id, history, log }: CreditEntry): readonly TouchLogEntry[] {
  const chunks = history.lead?.touches.chunks ?? 0;
  return Array.from({ length: chunks }, (_, number) => {
    const chunk = log?.get(number);
    if (chunk === undefined) throw new Error(`chunk ${number} of the touches of ${id} was not prepared`);
    return chunk;
  }).flat();
}

/** Everything but a touch after all paths that end. */
function mayNeedLog({ history, hasWholeLog }: CreditEntry, { type, at }: Happening): boolean {
  if (hasWholeLog || history.lead === null || history.lead.touches.chunks === 0) return false;
  return type !== 'lead.touched' || history.deals.some((deal) => lastEnd(deal) >= at);
}

/** Nothing can be stored for it yet, unless by a torn batch. */
const startsHistory = ({ type, hasLead, source }: Happening): boolean =>
  (type === 'lead.created' || !hasLead) && source.revision === 0;

const LAST_CHUNK = 999_999;
const chunkId = (id: string, number: number): string => `${id}/${number.toString().padStart(6, '0')}`;
