import type { DayNumber, Instant } from '#kernel/time.js';
import { sameDims, type Dims } from '../history/dimensions.js';
import { dealDimsAt } from '../history/eras.js';
import type { DealHistory, LeadEra, LeadHistory, Moment } from '../history/history.js';
import { inReportingCurrency } from '../history/reporting-currency.js';
import { assumedFact } from './assumed.js';
import { durationClass } from './duration-class.js';
import { METRIC, type Fact } from './fact.js';

/** What C needs to know of the organisation. */
export interface FactContext {
  readonly dayOf: (at: Instant) => DayNumber;
  readonly currency: string;
}

/** What one deal gives: opened, won or lost, its value, its durations and its way through the pipeline. */
export function dealFacts(deal: DealHistory, lead: LeadHistory | null, context: FactContext): Fact[] {
  const facts: Fact[] = [];
  if (deal.annulled) return facts;
  const eras = lead?.eras ?? [];
  const { opened, close } = deal;
  if (deal.kind === 'new') {
    const dims = dealDimsAt(deal, eras, opened.at);
    count(facts, METRIC.opportunities, opened, dims);
    pushPipeline(facts, deal, eras, context);
    if (close !== null) count(facts, close.won ? METRIC.won : METRIC.lost, close, dealDimsAt(deal, eras, close.at));
    if (close?.won === true) count(facts, METRIC.openedWon, opened, dims);
  } else pushPipeline(facts, deal, eras, context);
  if (close?.won === true) pushWin(facts, deal, close, lead, context);
  return facts;
}

function pushWin(
  facts: Fact[],
  deal: DealHistory,
  close: Moment,
  lead: LeadHistory | null,
  context: FactContext,
): void {
  const dims = dealDimsAt(deal, lead?.eras ?? [], close.at);
  const last = deal.values.at(-1);
  if (last?.value != null) {
    facts.push({
      metric: METRIC.bookings,
      day: close.day,
      dims,
      n: 1,
      value: inReportingCurrency(last.value, last.conversion, context.currency),
      class: 0,
    });
    if (close.assumed) facts.push(assumedFact(METRIC.bookings, close.day, dims));
  }
  if (deal.kind !== 'new' || close.assumed) return;
  if (lead?.created != null && !lead.created.assumed)
    pushDuration(facts, METRIC.timeToCloseDays, METRIC.timeToClose, lead.created, close, dims);
  if (!deal.opened.assumed && !deal.openingAssumed)
    pushDuration(facts, METRIC.dealCycleDays, METRIC.dealCycle, deal.opened, close, dims);
}

/** Whole days between the two days, and the time elapsed in whole seconds. */
function pushDuration(facts: Fact[], days: number, elapsed: number, from: Moment, to: Moment, dims: Dims): void {
  const length = to.day - from.day;
  const seconds = Math.trunc((to.at - from.at) / 1000);
  facts.push({ metric: days, day: to.day, dims, n: 1, value: length, class: length });
  facts.push({ metric: elapsed, day: to.day, dims, n: 1, value: seconds, class: durationClass(seconds) });
}

function count(facts: Fact[], metric: number, moment: Moment, dims: Dims): void {
  facts.push({ metric, day: moment.day, dims, n: 1, value: 0, class: 0 });
  if (moment.assumed) facts.push(assumedFact(metric, moment.day, dims));
}

/**
 * In at the opening, out at the close, and out and in again whenever a dimension or the value changes between, so that the stock by any
 * dimension, and what it is worth, are right.
 */
function pushPipeline(facts: Fact[], deal: DealHistory, eras: readonly LeadEra[], context: FactContext): void {
  const { opened, close } = deal;
  let dims = dealDimsAt(deal, eras, opened.at);
  let value = valueAt(deal, opened.at, context.currency);
  facts.push(pipelineFact(opened.day, dims, 1, value));
  for (const at of turns(deal, eras)) {
    if (close !== null && at >= close.at) break;
    const nextDims = dealDimsAt(deal, eras, at);
    const nextValue = valueAt(deal, at, context.currency);
    if (nextValue === value && sameDims(nextDims, dims)) continue;
    const day = context.dayOf(at);
    facts.push(pipelineFact(day, dims, -1, value), pipelineFact(day, nextDims, 1, nextValue));
    dims = nextDims;
    value = nextValue;
  }
  if (close !== null) facts.push(pipelineFact(Math.max(close.day, opened.day), dims, -1, value));
}

const pipelineFact = (day: DayNumber, dims: Dims, n: number, value: number): Fact => ({
  metric: METRIC.pipeline,
  day,
  dims,
  n,
  value,
  class: 0,
});

/** 0 while it had none. */
function valueAt(deal: DealHistory, at: Instant, currency: string): number {
  for (let i = deal.values.length - 1; i >= 0; i--) {
    const change = deal.values[i];
    if (change === undefined || change.at > at) continue;
    return change.value === null ? 0 : inReportingCurrency(change.value, change.conversion, currency);
  }
  return 0;
}

/** When, after the opening, the deal's or the lead's dimensions or the value change, in order. */
function turns(deal: DealHistory, eras: readonly LeadEra[]): readonly Instant[] {
  const later: Instant[] = [];
  const add = (at: Instant): void => {
    if (at > deal.opened.at) later.push(at);
  };
  for (const era of deal.eras) add(era.start);
  for (const era of eras) add(era.start);
  for (const change of deal.values) add(change.at);
  return later.length > 1 ? [...new Set(later)].sort((a, b) => a - b) : later;
}
