import { calendar } from '#kernel/calendar.js';
import type { RecordedEvent, Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import { BLOCK_VIEW, DIMENSION_VIEW, openFactLog } from '#figures/blocks/fact-log.js';
import { causeOfEvent, CORRECTION, LATE_TOUCH, NEW_ACTIVITY } from '#figures/contribution/cause.js';
import { channelsOf, versionUnder, type PastChannels } from '#figures/blocks/past-channels.js';
import type { Fact } from '#figures/contribution/fact.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import type { LaneContext, LaneProjector, Processor } from '#subscriptions/processor.js';
import { CREDIT_VIEW, creditCache, TOUCH_VIEW, touchLogOfEntry, type CreditEntry } from './credit-cache.js';
import type { CreditContext } from './credit-facts.js';
import { CREDIT_METRIC, creditSpace } from './credit-space.js';
import { CREDIT_EVENT_TYPES, foldCredit, type CreditFoldContext } from './fold-credit.js';
import { BUILT_IN, type ModelVersion } from './model-version.js';
import { modelGroups } from './weigh-path.js';
import { writeCredit } from './write-credit.js';

/** Histories kept in memory between batches, per lane: twice this at the most. */
const CACHED = 6_000;

/** Models whose credit one processor keeps. */
export interface CreditSet {
  readonly processor: string;
  readonly models: readonly ModelVersion[];
  /** The ledger's own sums and the journeys, kept once beside the models that everybody has. */
  readonly journeys: boolean;
}

export const BUILT_IN_CREDIT: CreditSet = { processor: 'attribution', models: BUILT_IN, journeys: true };

export const spaceOf = ({ processor, models }: CreditSet) => creditSpace(processor, models.length);

/**
 * Folds each lead's (or deal's) touches, wins and payments, and writes what an event changes of their credit as facts, in blocks.
 */
export function attributionProcessor(
  organisation: OrganisationConfiguredData,
  set: CreditSet = BUILT_IN_CREDIT,
  options: { readonly cached?: number; readonly channels?: PastChannels } = {},
): Processor {
  const { cached = CACHED, channels } = options;
  const views = [BLOCK_VIEW, DIMENSION_VIEW, CREDIT_VIEW, TOUCH_VIEW].map((view) => ({ view, fields: [] }));
  return {
    spec: { processor: set.processor, version: versionUnder(VERSION, channels), views },
    types: new Set(CREDIT_EVENT_TYPES),
    open: async (context) =>
      openLane(context, organisation, set, cached, await channelsOf(context, set.processor, channels)),
  };
}

/** Raised with every change of what the same events credit. */
const VERSION = 1;

async function openLane(
  lane: LaneContext,
  organisation: OrganisationConfiguredData,
  set: CreditSet,
  cached: number,
  channelOf: CreditFoldContext['channelOf'],
): Promise<LaneProjector> {
  const context = creditContext(organisation, set);
  const facts = await openFactLog(lane, spaceOf(set));
  const histories = creditCache(lane, set.processor, context, { cached, mayBeAhead: facts.hasAhead });
  let folding: CreditEntry | null = null;
  const foldContext: CreditFoldContext = {
    ...context,
    channelOf,
    touchLog: () => (folding === null ? [] : touchLogOfEntry(folding)),
  };
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
    const { history, chunk } = foldCredit(entry.history, happening, foldContext);
    if (history === entry.history) return;
    changed.length = 0;
    signs.length = 0;
    const before = () => touchLogOfEntry(entry);
    const after = chunk === null ? before : () => [...before(), ...chunk];
    writeCredit(entry.history, history, happening, context, { before, after }, note);
    // From here on nothing throws.
    histories.keep(entry, history, position, chunk);
    if (changed.length > 0) append(type, position);
  }

  function append(type: string, position: number): void {
    facts.reach(position);
    const given = causeOfEvent(type);
    const takesBack = signs.includes(-1);
    changed.forEach((fact, i) => {
      // An open path that grew is news, not a late touch.
      const cause =
        given === LATE_TOUCH && fact.metric === CREDIT_METRIC.openPath
          ? NEW_ACTIVITY
          : (given ?? (takesBack && isTakenBack(fact.metric) ? CORRECTION : NEW_ACTIVITY));
      facts.append(fact, fact.n * (signs[i] ?? 1), cause, position);
    });
    changed.length = 0;
  }

  const isTakenBack = (metric: number): boolean =>
    metric !== CREDIT_METRIC.openPath && changed.some((fact, i) => signs[i] === -1 && fact.metric === metric);

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

/** What the pure functions need to know: the organisation's days and currency, and which models see which path. */
export function creditContext(
  organisation: OrganisationConfiguredData,
  { models, journeys }: Pick<CreditSet, 'models' | 'journeys'>,
): CreditContext & Pick<CreditFoldContext, 'credits'> {
  const days = calendar(organisation.timeZone, organisation.fiscalYearStart);
  const dayOf = (at: Instant): number => days.dayOf(at);
  const teams = new Set<Team>(models.flatMap(({ options }) => options.teams));
  return {
    dayOf,
    currency: organisation.currency,
    groups: modelGroups(models, dayOf),
    journeys,
    credits: (team) => team === null || teams.has(team),
  };
}
