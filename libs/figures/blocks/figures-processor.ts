import type { RecordedEvent } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import { positionOf, type Position } from '#kernel/position.js';
import { calendar } from '#kernel/calendar.js';
import type { Instant } from '#kernel/time.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { Write } from '#read-store/read-store.js';
import type { LaneContext, LaneProjector, Processor } from '#subscriptions/processor.js';
import { causeOfEvent, CORRECTION, NEW_ACTIVITY } from '../contribution/cause.js';
import { writeFacts } from '../contribution/contribution.js';
import type { Fact } from '../contribution/fact.js';
import {
  fromDocument,
  historyJson,
  touchLogOf,
  touchLogRows,
  type HistoryDocument,
  type TouchLogRow,
} from '../history/document.js';
import { EMPTY, fold, HISTORY_EVENT_TYPES, historyIdOf, positionNumber } from '../history/fold.js';
import type { History } from '../history/history.js';
import { mayNeedLog, type TouchLogEntry } from '../history/touches.js';
import { BLOCK_VIEW, DIMENSION_VIEW, FIGURES_PROCESSOR, openFactLog } from './fact-log.js';

const HISTORY_VIEW = 'history';
const TOUCH_VIEW = 'touch-log';

/** Histories kept in memory between batches, per lane: twice this at the most. */
const CACHED = 20_000;

/**
 * The processor behind every figure: folds each lead's (or deal's) history and writes what an event changes of its contribution as facts, in
 * blocks. `version` is raised with every change of C.
 */
export function figuresProcessor(
  organisation: OrganisationConfiguredData,
  options: { readonly cached?: number } = {},
): Processor {
  const views = [BLOCK_VIEW, DIMENSION_VIEW, HISTORY_VIEW, TOUCH_VIEW].map((view) => ({ view, fields: [] }));
  return {
    spec: { processor: FIGURES_PROCESSOR, version: 1, views },
    types: new Set(HISTORY_EVENT_TYPES),
    open: (context) => openLane(context, organisation, options.cached ?? CACHED),
  };
}

interface Entry {
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

async function openLane(
  context: LaneContext,
  organisation: OrganisationConfiguredData,
  cached: number,
): Promise<LaneProjector> {
  const { store, generation } = context;
  const days = calendar(organisation.timeZone, organisation.fiscalYearStart);
  const factContext = { dayOf: (at: Instant) => days.dayOf(at), currency: organisation.currency };
  const facts = await openFactLog(context);
  // Two generations instead of a list by last use: an event then costs one look-up.
  let recent = new Map<string, Entry>();
  let older = new Map<string, Entry>();
  let dirty: Entry[] = [];
  let chunks: { id: string; at: Position; rows: readonly TouchLogRow[] }[] = [];
  let folding: Entry | null = null;
  const foldContext = { ...factContext, touchLog: () => touchLogOfEntry(folding) };
  const changed: Fact[] = [];
  const signs: number[] = [];
  const note = (fact: Fact, n: number): void => {
    changed.push(fact);
    signs.push(n);
  };

  function entryOf(id: string): Entry | undefined {
    const entry = recent.get(id);
    if (entry !== undefined) return entry;
    const old = older.get(id);
    if (old !== undefined) recent.set(id, old);
    return old;
  }

  async function prepare(events: readonly RecordedEvent[]): Promise<void> {
    const missing = new Set<string>();
    const annulments = new Map<string, number>();
    for (const event of events) {
      if (!types.has(event.type)) continue;
      const id = historyIdOf(event);
      if (entryOf(id) === undefined) {
        if (startsHistory(event) && !facts.hasAhead) recent.set(id, freshEntry(id));
        else missing.add(id);
      }
      if (event.type === 'lead.touch-annulled') annulments.set(id, (annulments.get(id) ?? 0) + 1);
    }
    for (const stored of await store.getMany<HistoryDocument>(FIGURES_PROCESSOR, generation, HISTORY_VIEW, [
      ...missing,
    ])) {
      missing.delete(stored.id);
      const history = fromDocument(stored.document, factContext);
      recent.set(stored.id, {
        id: stored.id,
        history,
        at: Number(stored.at),
        stored: stored.at,
        dirty: false,
        log: null,
        hasWholeLog: false,
      });
    }
    for (const id of missing) recent.set(id, freshEntry(id));
    for (const [id, count] of annulments) {
      const entry = recent.get(id);
      const touches = entry?.history.lead?.touches;
      if (entry !== undefined && touches !== undefined && !entry.hasWholeLog && mayNeedLog(touches, count)) {
        await readLog(entry);
      }
    }
  }

  async function readLog(entry: Entry): Promise<void> {
    entry.log ??= new Map();
    entry.hasWholeLog = true;
    const stored = await store.range<readonly TouchLogRow[]>(
      FIGURES_PROCESSOR,
      generation,
      TOUCH_VIEW,
      chunkId(entry.id, 0),
      chunkId(entry.id, LAST_CHUNK),
    );
    for (const { id, document } of stored) {
      const number = Number(id.slice(-6));
      if (!entry.log.has(number)) entry.log.set(number, touchLogOf(document));
    }
  }

  function project(event: RecordedEvent): void {
    const entry = entryOf(historyIdOf(event));
    if (entry === undefined) throw new Error(`no history was prepared for ${event.eventId}`);
    const position = positionNumber(event);
    if (position <= entry.at) {
      // Folded by a batch whose checkpoint was lost; its facts lie in the store already.
      facts.reach(position);
      for (const fact of facts.takeAhead(position)) facts.append(fact, fact.n, fact.cause, position);
      return;
    }
    folding = entry;
    const { history, chunk } = fold(entry.history, event, foldContext);
    if (history === entry.history) return;
    changed.length = 0;
    signs.length = 0;
    writeFacts(entry.history, history, event, factContext, note);
    // From here on nothing throws.
    entry.history = history;
    entry.at = position;
    if (chunk !== null) keepChunk(entry, chunk);
    if (!entry.dirty) {
      entry.dirty = true;
      dirty.push(entry);
    }
    if (changed.length > 0) appendChanged(event.type, position);
  }

  function appendChanged(type: string, position: number): void {
    facts.reach(position);
    const given = causeOfEvent(type);
    const takesBack = signs.includes(-1);
    for (let i = 0; i < changed.length; i++) {
      const fact = changed[i];
      const sign = signs[i] ?? 1;
      if (fact === undefined) continue;
      const cause = given ?? (takesBack && isTakenBack(fact.metric) ? CORRECTION : NEW_ACTIVITY);
      facts.append(fact, fact.n * sign, cause, position);
    }
    changed.length = 0;
  }

  const isTakenBack = (metric: number): boolean => changed.some((fact, i) => signs[i] === -1 && fact.metric === metric);

  function keepChunk(entry: Entry, chunk: readonly TouchLogEntry[]): void {
    const number = (entry.history.lead?.touches.chunks ?? 1) - 1;
    entry.log ??= new Map();
    entry.log.set(number, chunk);
    chunks.push({ id: chunkId(entry.id, number), at: positionOf(entry.at), rows: touchLogRows(chunk) });
  }

  function writes(to: Position): readonly Write[] {
    const batch = facts.writes(to);
    for (const { id, at, rows } of chunks) {
      const document = rows as unknown as Json; // rows of texts and numbers
      batch.push({ view: TOUCH_VIEW, id, read: null, at, document });
    }
    for (const entry of dirty) {
      const at = positionOf(entry.at);
      batch.push({ view: HISTORY_VIEW, id: entry.id, read: entry.stored, at, document: historyJson(entry.history) });
      entry.stored = at;
      entry.dirty = false;
      if (!entry.hasWholeLog) entry.log = null;
    }
    dirty = [];
    chunks = [];
    if (recent.size > cached) {
      older = recent;
      recent = new Map();
    }
    return batch;
  }

  const types: ReadonlySet<string> = new Set(HISTORY_EVENT_TYPES);
  return {
    prepare,
    project,
    get dirty() {
      return dirty.length + facts.pending;
    },
    writes,
  };
}

/** Nothing can be stored for it yet, unless by a torn batch. */
const startsHistory = (event: RecordedEvent): boolean =>
  event.revision === 0 && (event.type === 'lead.created' || event.leadId === null);

const freshEntry = (id: string): Entry => ({
  id,
  history: EMPTY,
  at: 0,
  stored: null,
  dirty: false,
  log: null,
  hasWholeLog: false,
});

const LAST_CHUNK = 999_999;
const chunkId = (id: string, number: number): string => `${id}/${number.toString().padStart(6, '0')}`;

function touchLogOfEntry(entry: Entry | null): readonly TouchLogEntry[] {
  const chunks = entry?.history.lead?.touches.chunks ?? 0;
  return Array.from({ length: chunks }, (_, number) => {
    const chunk = entry?.log?.get(number);
    if (chunk === undefined) throw new Error(`chunk ${number} of the touches of ${entry?.id ?? ''} was not prepared`);
    return chunk;
  }).flat();
}
