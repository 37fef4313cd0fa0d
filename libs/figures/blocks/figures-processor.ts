import { calendar } from '#kernel/calendar.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { LaneContext, LaneProjector, Processor } from '#subscriptions/processor.js';
import { causeOfEvent, CORRECTION, NEW_ACTIVITY } from '../contribution/cause.js';
import { writeFacts } from '../contribution/contribution.js';
import type { Fact } from '../contribution/fact.js';
import type { FoldContext } from '../history/fold-context.js';
import { fold, HISTORY_EVENT_TYPES } from '../history/fold.js';
import { BLOCK_VIEW, DIMENSION_VIEW, openFactLog } from './fact-log.js';
import { FIGURES_FACTS, FIGURES_PROCESSOR } from './fact-space.js';
import { HISTORY_VIEW, historyCache, TOUCH_VIEW, touchLogOfEntry, type HistoryEntry } from './history-cache.js';
import { channelsOf, versionUnder, type PastChannels } from './past-channels.js';

/** Histories kept in memory between batches, per lane: twice this at the most. */
const CACHED = 6_000;

/**
 * The processor behind every figure: folds each lead's (or deal's) history and writes what an event changes of its contribution as facts, in
 * blocks.
 */
export function figuresProcessor(
  organisation: OrganisationConfiguredData,
  options: { readonly cached?: number; readonly channels?: PastChannels } = {},
): Processor {
  const { channels } = options;
  const views = [BLOCK_VIEW, DIMENSION_VIEW, HISTORY_VIEW, TOUCH_VIEW].map((view) => ({ view, fields: [] }));
  return {
    spec: { processor: FIGURES_PROCESSOR, version: versionUnder(VERSION, channels), views },
    types: new Set(HISTORY_EVENT_TYPES),
    open: async (context) =>
      openLane(context, organisation, options.cached ?? CACHED, await channelsOf(context, FIGURES_PROCESSOR, channels)),
  };
}

/** Raised with every change of C. */
const VERSION = 3;

async function openLane(
  context: LaneContext,
  organisation: OrganisationConfiguredData,
  cached: number,
  channelOf: FoldContext['channelOf'],
): Promise<LaneProjector> {
  const days = calendar(organisation.timeZone, organisation.fiscalYearStart);
  const factContext = { dayOf: (at: Instant) => days.dayOf(at), currency: organisation.currency };
  const facts = await openFactLog(context, FIGURES_FACTS);
  const histories = historyCache(context, factContext, { cached, mayBeAhead: facts.hasAhead });
  let folding: HistoryEntry | null = null;
  const foldContext: FoldContext = { ...factContext, channelOf, touchLog: () => touchLogOfEntry(folding) };
  const changed: Fact[] = [];
  const signs: number[] = [];
  const note = (fact: Fact, n: number): void => {
    changed.push(fact);
    signs.push(n);
  };

  function project(event: RecordedEvent): void {
    const { happening, entry } = histories.turnOf(event);
    const { position, type } = happening;
    if (position <= entry.at) {
      // Folded by a batch whose checkpoint was lost; its facts lie in the store already.
      facts.reach(position);
      for (const fact of facts.takeAhead(position)) facts.append(fact, fact.n, fact.cause, position);
      return;
    }
    folding = entry;
    const { history, chunk } = fold(entry.history, happening, foldContext);
    if (history === entry.history) return;
    changed.length = 0;
    signs.length = 0;
    writeFacts(entry.history, history, happening, factContext, note);
    // From here on nothing throws.
    histories.keep(entry, history, position, chunk);
    if (changed.length > 0) appendChanged(type, position);
  }

  function appendChanged(type: string, position: number): void {
    facts.reach(position);
    const given = causeOfEvent(type);
    const takesBack = signs.includes(-1);
    for (let i = 0; i < changed.length; i++) {
      const fact = changed[i];
      if (fact === undefined) continue;
      const cause = given ?? (takesBack && isTakenBack(fact.metric) ? CORRECTION : NEW_ACTIVITY);
      facts.append(fact, fact.n * (signs[i] ?? 1), cause, position);
    }
    changed.length = 0;
  }

  const isTakenBack = (metric: number): boolean => changed.some((fact, i) => signs[i] === -1 && fact.metric === metric);

  return {
    prepare: (events) => histories.prepare(events),
    project,
    get dirty() {
      return histories.dirty + facts.pending;
    },
    // Facts first: what a history has gone through must never be missing in them.
    writes: (to) => [...facts.writes(to), ...histories.writes()],
  };
}
