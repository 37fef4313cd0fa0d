import type { Fact } from '#figures/contribution/fact.js';
import type { Dims } from '#figures/history/dimensions.js';
import type { Moment } from '#figures/history/history.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import { PARTS_PER_CONVERSION } from '../credit-models/credit-payment.js';
import type { CreditHistory, CreditTouch, DealCredit, LeadCredit } from './credit-history.js';
import { CREDIT_METRIC, modelMetric, NO_DIMS, nobodyDims, pathDims, pathText, touchDims } from './credit-space.js';
import { conversionOf, firstConversion, outcomesOf, pathTouches, withOrigin, type DealOutcome } from './deal-paths.js';
import { splitUnits } from './split-units.js';
import { allTouches, AT_HAND, type TouchLogEntry } from './touch-list.js';
import { pathOf, weightsOf, type ModelGroup, type WeighedPath } from './weigh-path.js';

export interface CreditContext {
  readonly dayOf: (at: Instant) => DayNumber;
  /** The organisation's. */
  readonly currency: string;
  readonly groups: readonly ModelGroup[];
  /** Whether this processor also keeps the ledger's sums and the journeys. */
  readonly journeys: boolean;
}

/** The lead's older touches, in order; called only where a path needs them. */
export type ReadLog = () => readonly TouchLogEntry[];

/** Credit(history): everything that a lead (or a deal without lead) gives. A pure function of the history; never stored. */
export const creditFacts = (history: CreditHistory, context: CreditContext, readLog: ReadLog): readonly Fact[] => {
  const touches = touchesOf(history.lead, readLog);
  return [
    ...history.deals.flatMap((deal) => dealCredit(deal, history, context, touches)),
    ...openPath(history, context),
  ];
};

/** All touches of the lead that models may see, oldest first, read when first asked for. */
export function touchesOf(lead: LeadCredit | null, readLog: ReadLog): () => readonly CreditTouch[] {
  let touches: readonly CreditTouch[] | null = null;
  return () => (touches ??= lead === null ? [] : withOrigin(lead, allTouches(lead.touches, readLog)));
}

/** What one deal gives: what its payments are worth now, shared by each model among the touches of its path. */
export function dealCredit(
  deal: DealCredit,
  history: CreditHistory,
  context: CreditContext,
  touches: () => readonly CreditTouch[],
): readonly Fact[] {
  const outcomes = outcomesOf(deal, context.currency);
  if (outcomes.length === 0) return [];
  const facts: Fact[] = [];
  const first = firstConversion(history.deals)?.position === conversionOf(deal)?.position ? 1 : 0;
  for (const outcome of outcomes) {
    if (context.journeys) pushLedger(facts, outcome, first);
    const own = pathTouches(deal, outcome.end, history.deals, touches());
    const milestones = {
      closedAt: outcome.end.at,
      leadCreatedAt: history.lead?.created?.at ?? null,
      opportunityAt: deal.openedAt,
    };
    context.groups.forEach((group, place) => {
      const path = pathOf(group, own, milestones);
      if (group.learned) pushPath(facts, path, outcome, first, deal.kind);
      if (context.journeys && place === 0) pushJourney(facts, path, outcome, context);
      for (const { place: model, rule } of group.rules) {
        const weighed = path.table === null ? null : weightsOf(rule, path.table);
        if (weighed === null) pushNobody(facts, model, outcome, first, nobodyDims(deal.kind));
        else pushCredit(facts, model, outcome, first, path.touches, weighed, context);
      }
    });
  }
  return facts;
}

/** A lead that has not converted is a null path, on the day of its last touch. */
export function openPath({ lead, deals }: CreditHistory, context: CreditContext): readonly Fact[] {
  if (lead === null) return [];
  const facts: Fact[] = [];
  for (const group of context.groups) {
    if (!group.learned || !group.options.nulls) continue;
    const path = openPathOf(lead, group, context);
    if (path === null || deals.some((deal) => conversionOf(deal) !== null)) continue;
    facts.push({ metric: CREDIT_METRIC.openPath, day: path.day, dims: path.dims, n: 1, value: 0, class: 0 });
  }
  return facts;
}

interface OpenPath {
  readonly day: DayNumber;
  readonly dims: Dims;
}

/** Both of an event's histories are asked for it, so the last answer of each lead is kept. */
const OPEN_PATHS = new WeakMap<LeadCredit, Map<ModelGroup, OpenPath | null>>();

function openPathOf(lead: LeadCredit, group: ModelGroup, context: CreditContext): OpenPath | null {
  let known = OPEN_PATHS.get(lead);
  if (known === undefined) OPEN_PATHS.set(lead, (known = new Map<ModelGroup, OpenPath | null>()));
  let path = known.get(group);
  if (path === undefined) known.set(group, (path = computedOpenPath(lead, group, context)));
  return path;
}

function computedOpenPath(lead: LeadCredit, group: ModelGroup, { dayOf }: CreditContext): OpenPath | null {
  const { latest, elsewhere } = lead.touches;
  const seen = (elsewhere === 0 ? withOrigin(lead, latest) : latest).filter(
    (touch) => group.credits(touch) && !group.pathOptions.excluded.has(touch.channel ?? ''),
  );
  const last = seen.at(-1);
  if (last === undefined) return null;
  const { window } = group.pathOptions;
  const day = dayOf(last.at);
  const within = window === null ? seen : seen.filter(({ at }) => dayOf(at) >= day - window.days);
  return { day, dims: pathDims(learnedPath(within)) };
}

/** What a learned model sees: the channels of the last touches, without a channel after itself. */
const learnedPath = (touches: readonly CreditTouch[]): string =>
  pathText(
    touches
      .slice(-AT_HAND)
      .map(({ channel }) => channel)
      .filter((channel, place, channels) => place === 0 || channel !== channels[place - 1]),
  );

function pushLedger(facts: Fact[], { conversion, payments }: DealOutcome, first: 0 | 1): void {
  if (conversion !== null) facts.push(fact(CREDIT_METRIC.conversions, conversion.day, NO_DIMS, 0, first));
  for (const { day, revenue, profit } of payments) {
    facts.push(fact(CREDIT_METRIC.revenue, day, NO_DIMS, revenue, first));
    if (profit !== null) facts.push(fact(CREDIT_METRIC.profit, day, NO_DIMS, profit, first));
  }
}

function pushPath(
  facts: Fact[],
  { touches }: WeighedPath,
  { conversion, payments }: DealOutcome,
  first: 0 | 1,
  kind: string,
): void {
  const dims = touches.length === 0 ? nobodyDims(kind) : pathDims(learnedPath(touches));
  if (conversion !== null) facts.push(fact(CREDIT_METRIC.pathConversions, conversion.day, dims, 0, first));
  for (const { day, revenue, profit } of payments) {
    facts.push(fact(CREDIT_METRIC.pathRevenue, day, dims, revenue, first));
    if (profit !== null) facts.push(fact(CREDIT_METRIC.pathProfit, day, dims, profit, first));
  }
}

function pushJourney(
  facts: Fact[],
  { touches }: WeighedPath,
  { conversion }: DealOutcome,
  context: CreditContext,
): void {
  const [earliest] = touches;
  if (conversion === null || earliest === undefined) return;
  const dims = pathDims(learnedPath(touches));
  const days = conversion.day - context.dayOf(earliest.at);
  facts.push(
    fact(CREDIT_METRIC.journeyTouches, conversion.day, dims, touches.length, touches.length),
    fact(CREDIT_METRIC.journeyDays, conversion.day, dims, days, days),
  );
}

function pushNobody(
  facts: Fact[],
  model: number,
  { conversion, payments }: DealOutcome,
  first: 0 | 1,
  dims: Dims,
): void {
  if (conversion !== null)
    facts.push(creditFact(model, 0, conversion.day, conversion.day, dims, PARTS_PER_CONVERSION, first));
  for (const { day, revenue, profit } of payments) {
    if (revenue !== 0) facts.push(creditFact(model, 1, day, day, dims, revenue, first));
    if (profit !== null && profit !== 0) facts.push(creditFact(model, 2, day, day, dims, profit, first));
  }
}

function pushCredit(
  facts: Fact[],
  model: number,
  { conversion, payments }: DealOutcome,
  first: 0 | 1,
  touches: readonly CreditTouch[],
  { weights, sum }: { readonly weights: Float64Array; readonly sum: number },
  context: CreditContext,
): void {
  const push = (measure: number, day: DayNumber, whole: number): void => {
    const parts = splitUnits(whole, weights, sum);
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] ?? 0;
      const touch = touches[i];
      if (part === 0 || touch === undefined) continue;
      facts.push(creditFact(model, measure, day, context.dayOf(touch.at), touchDims(touch), part, first));
    }
  };
  if (conversion !== null) push(0, conversion.day, PARTS_PER_CONVERSION);
  for (const { day, revenue, profit } of payments) {
    if (revenue !== 0) push(1, day, revenue);
    if (profit !== null && profit !== 0) push(2, day, profit);
  }
}

const creditFact = (
  model: number,
  measure: number,
  day: DayNumber,
  touchDay: DayNumber,
  dims: Dims,
  value: number,
  first: 0 | 1,
): Fact => fact(modelMetric(model, measure), day, dims, value, 2 * touchDay + first);

const fact = (metric: number, day: DayNumber, dims: Dims, value: number, klass: number): Fact => ({
  metric,
  day,
  dims,
  n: 1,
  value,
  class: klass,
});

/** When a deal's conversion moved, other deals' paths and firsts may move with it. */
export const sameMoment = (a: Moment | null, b: Moment | null): boolean =>
  a === b || (a !== null && b !== null && a.at === b.at && a.position === b.position);
