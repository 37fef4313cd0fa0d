import type { Fact } from '#figures/contribution/fact.js';
import type { Dims } from '#figures/history/dimensions.js';
import type { Moment, PaymentEntry } from '#figures/history/history.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import { PARTS_PER_CONVERSION } from '../credit-models/credit-payment.js';
import type { CreditHistory, CreditTouch, DealCredit, LeadCredit } from './credit-history.js';
import { CREDIT_METRIC, modelMetric, NO_DIMS, nobodyDims, pathDims, pathText, touchDims } from './credit-space.js';
import {
  conversionOf,
  firstConversion,
  outcomesOf,
  pathTouches,
  withOrigin,
  worthOf,
  type PaymentWorth,
} from './deal-paths.js';
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

/** The lead's touches that a group of models sees, oldest first. */
export type TouchesOf = (group: ModelGroup) => readonly CreditTouch[];

/** Read when first asked for. */
export function touchesOf(lead: LeadCredit | null, readLog: ReadLog): TouchesOf {
  const seen = new Map<ModelGroup, readonly CreditTouch[]>();
  let all: readonly CreditTouch[] | null = null;
  return (group) => {
    if (lead === null) return [];
    let touches = seen.get(group);
    if (touches === undefined) {
      all ??= allTouches(lead.touches, readLog);
      seen.set(group, (touches = withOrigin(lead, all.filter(group.credits))));
    }
    return touches;
  };
}

/**
 * What one deal gives: what its payments are worth now, shared by each model among the touches of its path. The conversion stands before the
 * payments, and these in their order, so that news nearly always stand at the end.
 */
export function dealCredit(
  deal: DealCredit,
  history: CreditHistory,
  context: CreditContext,
  touches: TouchesOf,
): readonly Fact[] {
  const facts: Fact[] = [];
  const first = isFirst(deal, history);
  for (const { end, conversion, payments } of outcomesOf(deal, context.currency)) {
    const shares = sharesOf(deal, end, history, context, touches);
    if (conversion !== null) pushConversion(facts, conversion.day, first, deal.kind, shares, context);
    for (const payment of payments) pushPayment(facts, payment, first, deal.kind, shares, context);
  }
  return facts;
}

/**
 * What single payments of a deal give, where the path that they share is the win's: news of one payment then change nothing else of the deal.
 */
export function paymentCredit(
  deal: DealCredit,
  isAsked: (payment: PaymentEntry) => boolean,
  history: CreditHistory,
  context: CreditContext,
  touches: TouchesOf,
): readonly Fact[] {
  const facts: Fact[] = [];
  if (deal.won === null || deal.annulled || !deal.payments.some(isAsked)) return facts;
  const first = isFirst(deal, history);
  const shares = sharesOf(deal, deal.won, history, context, touches);
  for (const payment of deal.payments)
    if (isAsked(payment)) pushPayment(facts, worthOf(payment, context.currency), first, deal.kind, shares, context);
  return facts;
}

const isFirst = (deal: DealCredit, { deals }: CreditHistory): First =>
  firstConversion(deals)?.position === conversionOf(deal)?.position ? 1 : 0;

/** How one path is shared: what each group sees of it, and by which weights each rule shares it. */
interface Shares {
  readonly group: ModelGroup;
  readonly path: WeighedPath;
  /** Per rule of the group; null: no touch earns. */
  readonly weighed: readonly (ReturnType<typeof weightsOf> | null)[];
}

function sharesOf(
  deal: DealCredit,
  end: Moment,
  history: CreditHistory,
  context: CreditContext,
  touches: TouchesOf,
): readonly Shares[] {
  const milestones = {
    closedAt: end.at,
    leadCreatedAt: history.lead?.created?.at ?? null,
    opportunityAt: deal.openedAt,
  };
  return context.groups.map((group) => {
    const path = pathOf(group, pathTouches(deal, end, history.deals, touches(group)), milestones);
    const { table } = path;
    return { group, path, weighed: group.rules.map(({ rule }) => (table === null ? null : weightsOf(rule, table))) };
  });
}

type First = 0 | 1;

function pushConversion(
  facts: Fact[],
  day: DayNumber,
  first: First,
  kind: string,
  shares: readonly Shares[],
  context: CreditContext,
): void {
  if (context.journeys) facts.push(fact(CREDIT_METRIC.conversions, day, NO_DIMS, 0, first));
  shares.forEach((share, place) => {
    const { touches } = share.path;
    if (share.group.learned) facts.push(fact(CREDIT_METRIC.pathConversions, day, learnedDims(touches, kind), 0, first));
    if (context.journeys && place === 0) pushJourney(facts, touches, day, context);
    pushShares(facts, 0, day, PARTS_PER_CONVERSION, first, kind, share, context);
  });
}

function pushPayment(
  facts: Fact[],
  { day, revenue, profit }: PaymentWorth,
  first: First,
  kind: string,
  shares: readonly Shares[],
  context: CreditContext,
): void {
  if (context.journeys) {
    facts.push(fact(CREDIT_METRIC.revenue, day, NO_DIMS, revenue, first));
    if (profit !== null) facts.push(fact(CREDIT_METRIC.profit, day, NO_DIMS, profit, first));
  }
  for (const share of shares) {
    if (share.group.learned) {
      const dims = learnedDims(share.path.touches, kind);
      facts.push(fact(CREDIT_METRIC.pathRevenue, day, dims, revenue, first));
      if (profit !== null) facts.push(fact(CREDIT_METRIC.pathProfit, day, dims, profit, first));
    }
    if (revenue !== 0) pushShares(facts, 1, day, revenue, first, kind, share, context);
    if (profit !== null && profit !== 0) pushShares(facts, 2, day, profit, first, kind, share, context);
  }
}

const learnedDims = (touches: readonly CreditTouch[], kind: string): Dims =>
  touches.length === 0 ? nobodyDims(kind) : pathDims(learnedPath(touches));

/** One amount, shared by every rule of a group. */
function pushShares(
  facts: Fact[],
  measure: number,
  day: DayNumber,
  whole: number,
  first: First,
  kind: string,
  { group, path, weighed }: Shares,
  context: CreditContext,
): void {
  for (let rule = 0; rule < group.rules.length; rule++) {
    const metric = modelMetric(group.rules[rule]?.place ?? 0, measure);
    const own = weighed[rule] ?? null;
    if (own === null) {
      facts.push(fact(metric, day, nobodyDims(kind), whole, 2 * day + first));
      continue;
    }
    const parts = splitUnits(whole, own.weights, own.sum);
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i] ?? 0;
      const touch = path.touches[i];
      if (part === 0 || touch === undefined) continue;
      facts.push(fact(metric, day, touchDims(touch), part, 2 * context.dayOf(touch.at) + first));
    }
  }
}

function pushJourney(facts: Fact[], touches: readonly CreditTouch[], day: DayNumber, context: CreditContext): void {
  const [earliest] = touches;
  if (earliest === undefined) return;
  const dims = pathDims(learnedPath(touches));
  const days = day - context.dayOf(earliest.at);
  facts.push(
    fact(CREDIT_METRIC.journeyTouches, day, dims, touches.length, touches.length),
    fact(CREDIT_METRIC.journeyDays, day, dims, days, days),
  );
}

/** A lead that has not converted is a null path, on the day of its last touch. */
export function openPath({ lead, deals }: CreditHistory, context: CreditContext): readonly Fact[] {
  if (lead === null) return NO_FACTS;
  let facts = NO_FACTS;
  for (const group of context.groups) {
    if (!group.learned || !group.options.nulls) continue;
    const fact = openPathOf(lead, group, context);
    if (fact === null || deals.some((deal) => conversionOf(deal) !== null)) continue;
    facts = facts === NO_FACTS ? [fact] : [...facts, fact];
  }
  return facts;
}
const NO_FACTS: readonly Fact[] = [];

/** Both of an event's histories are asked for it, so the answer stays with the lead. */
function openPathOf(lead: LeadCredit, group: ModelGroup, context: CreditContext): Fact | null {
  const known = lead.openPaths?.find((one) => one.group === group);
  if (known !== undefined) return known.fact;
  const fact = computedOpenPath(lead, group, context);
  // Made as long as it is: it lives as long as the lead does.
  lead.openPaths = [...(lead.openPaths ?? []), { group, fact }];
  return fact;
}

function computedOpenPath(lead: LeadCredit, group: ModelGroup, { dayOf }: CreditContext): Fact | null {
  const { latest, elsewhere } = lead.touches;
  const { excluded, window } = group.pathOptions;
  const credited = latest.every(group.credits) ? latest : latest.filter(group.credits);
  const own = elsewhere === 0 ? withOrigin(lead, credited) : credited;
  const seen = excluded.size === 0 ? own : own.filter(({ channel }) => !excluded.has(channel ?? ''));
  const last = seen.at(-1);
  if (last === undefined) return null;
  const day = dayOf(last.at);
  const within = window === null ? seen : seen.filter(({ at }) => dayOf(at) >= day - window.days);
  return { metric: CREDIT_METRIC.openPath, day, dims: pathDims(learnedPath(within)), n: 1, value: 0, class: 0 };
}

/** What a learned model sees: the channels of the last touches, without a channel after itself. */
function learnedPath(touches: readonly CreditTouch[]): string {
  const channels: (string | null)[] = [];
  for (let i = Math.max(0, touches.length - AT_HAND); i < touches.length; i++) {
    const channel = touches[i]?.channel ?? null;
    if (channels.length === 0 || channels.at(-1) !== channel) channels.push(channel);
  }
  return pathText(channels);
}

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
