import type { Warning } from '#platform/questions/read-side.js';
import { METRIC } from '../contribution/fact.js';
import { sourcesOf, type Formula, type MetricDefinition, type Source } from './metrics.js';
import type { Sight } from './sight.js';
import { countFacts } from './sums.js';

/**
 * Which of these metrics stand on something that nobody has recorded in the whole ledger as known, whatever the period and the filters: their
 * 0, 0.00 or 100 % then says nothing about the business (null says so itself). A rate needs all that stands below its line.
 */
export async function notRecorded(sight: Sight, metrics: readonly MetricDefinition[]): Promise<ReadonlySet<string>> {
  const needed = metrics
    .filter(({ formula }) => !(formula.kind === 'money' && formula.nullWithoutFacts))
    .map(({ id, formula }) => ({ id, sources: neededBy(formula) }));
  const missing = await withoutFacts(
    sight,
    new Set(needed.flatMap(({ sources }) => sources.map(({ metric }) => metric))),
  );
  return new Set(needed.filter(({ sources }) => sources.some(({ metric }) => missing.has(metric))).map(({ id }) => id));
}

/**
 * Says why a figure is empty that people would misread: bookings without any value, win rates without any lost deal, revenue without any
 * payment, each only where deals have been won. `suspicious`: the metrics that could be misread in this answer, so that others cost nothing.
 */
export async function recordingGaps(sight: Sight, suspicious: ReadonlySet<string>): Promise<readonly Warning[]> {
  const asked = GAPS.filter(({ affects }) => affects.some((id) => suspicious.has(id)));
  if (asked.length === 0) return [];
  const missing = await withoutFacts(
    sight,
    new Set([METRIC.won, METRIC.newCustomers, ...asked.map(({ metric }) => metric)]),
  );
  if (missing.has(METRIC.won) && missing.has(METRIC.newCustomers)) return [];
  return asked.filter(({ metric }) => missing.has(metric)).map(({ code, detail }) => ({ code, detail }));
}

const GAPS: readonly (Warning & { readonly metric: number; readonly affects: readonly string[] })[] = [
  {
    code: 'VALUES_NOT_RECORDED',
    detail: 'No won deal in this ledger carries a value, so bookings are not recorded rather than 0.',
    metric: METRIC.bookings,
    affects: ['bookings'],
  },
  {
    code: 'LOST_DEALS_NOT_RECORDED',
    detail:
      'No lost deal is recorded in this ledger, so a win rate of 100 % says nothing about how many deals are lost.',
    metric: METRIC.lost,
    affects: ['winRateOfClosed'],
  },
  {
    code: 'PAYMENTS_NOT_RECORDED',
    detail: 'No payment is recorded in this ledger, so what was paid is not known rather than 0.',
    metric: METRIC.revenue,
    affects: ['newPayingCustomers', 'revenue', 'netRevenue'],
  },
];

/** What is taken off (refunds) may well be absent. */
function neededBy(formula: Formula): readonly Source[] {
  if (formula.kind === 'ratio') return formula.denominator;
  if (formula.kind === 'return') return [formula.below];
  return formula.kind === 'money' ? formula.plus : sourcesOf(formula);
}

async function withoutFacts(sight: Sight, metrics: ReadonlySet<number>): Promise<ReadonlySet<number>> {
  const missing = new Set<number>();
  for (const metric of metrics) {
    const cuts = await sight.reader.cuts(sight.pin, metric, sight.upTo, { from: null, to: null });
    if (countFacts(cuts) === 0) missing.add(metric);
  }
  return missing;
}
