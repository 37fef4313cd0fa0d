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

/** In at the opening, out at the close, and out and in again whenever a dimension changes between, so that the stock by any dimension is right. */
function pushPipeline(facts: Fact[], deal: DealHistory, eras: readonly LeadEra[], context: FactContext): void {
  const { opened, close } = deal;
  let dims = dealDimsAt(deal, eras, opened.at);
  facts.push(pipelineFact(opened.day, dims, 1));
  for (const at of turns(deal, eras)) {
    if (close !== null && at >= close.at) break;
    const next = dealDimsAt(deal, eras, at);
    if (sameDims(next, dims)) continue;
    const day = context.dayOf(at);
    facts.push(pipelineFact(day, dims, -1), pipelineFact(day, next, 1));
    dims = next;
  }
  if (close !== null) facts.push(pipelineFact(Math.max(close.day, opened.day), dims, -1));
}

const pipelineFact = (day: DayNumber, dims: Dims, n: number): Fact => ({
  metric: METRIC.pipeline,
  day,
  dims,
  n,
  value: 0,
  class: 0,
});

/** When, after the opening, the deal's or the lead's dimensions change. */
function turns(deal: DealHistory, eras: readonly LeadEra[]): readonly Instant[] {
  const later: Instant[] = [];
  for (const era of deal.eras) if (era.start > deal.opened.at) later.push(era.start);
  const own = later.length;
  for (const era of eras) if (era.start > deal.opened.at) later.push(era.start);
  return own > 0 && later.length > own ? later.sort((a, b) => a - b) : later;
}
