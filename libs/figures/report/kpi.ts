import { previousPeriod } from '#kernel/period.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { METRIC } from '../contribution/fact.js';
import { figures, reportHead, type ReportHead } from './figures.js';
import { METRICS, type MetricDefinition } from './metrics.js';
import { notRecorded } from './not-recorded.js';
import { commonParameters, parameterReader, type AskedPeriod } from './parameters.js';
import { look, type FiguresDeps, type Sight } from './sight.js';
import { countFacts } from './sums.js';
import type { Value } from './values.js';

export interface KpiValue {
  readonly id: string;
  readonly value: Value;
  /** In the previous period; null without a period. */
  readonly previous: Value;
  /** Present (false) where nobody has recorded what it stands on in the whole ledger as known: its 0, 0.00 or 100 % then means nothing. */
  readonly recorded?: false;
}

export interface KpiAnswer extends ReportHead {
  readonly previousPeriod: { readonly from: string; readonly to: string } | null;
  readonly kpi: KpiValue & { readonly version: number };
  /** Why another metric than newPayingCustomers stands there, and how to get the real one. */
  readonly basis: { readonly metric: string; readonly reason: string; readonly howTo: string } | null;
  readonly companions: readonly KpiValue[];
  readonly warnings: readonly Warning[];
}

const USUAL = 'newPayingCustomers';

/** What marketing and sales each used to look at alone. */
const COMPANIONS = [
  'leads',
  'mqls',
  'sals',
  'sqls',
  'opportunities',
  'won',
  'newCustomers',
  'winRateOfClosed',
  'bookings',
  'netRevenue',
  'profit',
];

/** What `GET /kpi` answers: the figure that both teams own, beside its classic companions and the previous period. */
export async function answerKpi(deps: FiguresDeps, raw: Query): Promise<KpiAnswer> {
  const reader = parameterReader(raw);
  const parameters = commonParameters(raw, reader, [], deps.organisation.fiscalYearStart, ['grain', 'by']);
  reader.finish();
  const sight = await look(deps, parameters);
  const basis = await basisOf(sight);
  const id = basis?.metric ?? USUAL;
  const companions = COMPANIONS.filter((companion) => companion !== id);
  const metrics = [id, ...companions].flatMap((one) => METRICS.get(one) ?? []);
  const before = previousOf(parameters.period, deps.organisation.fiscalYearStart);
  const now = await figures(deps, sight, parameters, metrics);
  // The KPI itself says by `basis` what it stands on.
  const doubtful = metrics.slice(1).filter(({ id: metric }) => !showsRecords(now.total[metric] ?? null));
  const unrecorded = await notRecorded(sight, doubtful);
  const then = before === null ? null : await figures(deps, sight, { ...parameters, period: before }, metrics);
  const valueOf = (metric: string): KpiValue => ({
    id: metric,
    value: now.total[metric] ?? null,
    previous: then?.total[metric] ?? null,
    ...(unrecorded.has(metric) ? { recorded: false as const } : {}),
  });
  return {
    ...reportHead(deps, sight, parameters.period),
    previousPeriod: then === null ? null : closed(then.period),
    kpi: { ...valueOf(id), version: versionOf(metrics, id) },
    basis,
    companions: companions.map(valueOf),
    warnings: [...(await basisThenAndNow(sight, id)), ...now.warnings],
  };
}

/** The KPI of an earlier moment may be another metric than today's: then the two are not to be compared. */
async function basisThenAndNow(sight: Sight, id: string): Promise<readonly Warning[]> {
  if (sight.asOf.knownAt === null) return [];
  const today = (await basisOf({ ...sight, upTo: Math.max(0, ...sight.pin.checkpoints) }))?.metric ?? USUAL;
  if (today === id) return [];
  return [
    {
      code: 'BASIS_DIFFERS',
      detail: `As known then the KPI is ${id}; as known now it is ${today}, since payments have been recorded. The two count different things.`,
    },
  ];
}

/** Won deals, but no payment at all in the whole ledger as known: then the first win stands in for the first payment. */
async function basisOf(sight: Sight): Promise<KpiAnswer['basis']> {
  const facts = async (metric: number): Promise<number> =>
    countFacts(await sight.reader.cuts(sight.pin, metric, sight.upTo, { from: null, to: null }));
  if ((await facts(METRIC.revenue)) > 0 || (await facts(METRIC.newCustomers)) + (await facts(METRIC.won)) === 0)
    return null;
  return {
    metric: 'newCustomers',
    reason: 'The ledger holds won deals but no payment, so customers are counted by their first won deal.',
    howTo: 'Record payments (POST /deals/{id}/payments, or map them in an import) and this becomes newPayingCustomers.',
  };
}

function previousOf(period: AskedPeriod, fiscalYearStart: string): AskedPeriod | null {
  if (period.from === null || period.to === null) return null;
  const { from, to } = period;
  const previous = previousPeriod(
    period.text === null ? { from, to } : { from, to, text: period.text },
    fiscalYearStart,
  );
  return { from: previous.from, to: previous.to, text: null };
}

/** A value that could not be what it is without records of all its parts: there is then no need to look through all time. */
function showsRecords(value: Value): boolean {
  if (typeof value === 'number') return value > 0;
  if (typeof value === 'string') return /[1-9]/.test(value);
  if (value === null || !('numerator' in value)) return false;
  const { numerator, denominator } = value;
  return typeof numerator === 'number' && typeof denominator === 'number' && numerator > 0 && numerator < denominator;
}

const closed = ({ from, to }: ReportHead['period']): KpiAnswer['previousPeriod'] =>
  from === null || to === null ? null : { from, to };

const versionOf = (metrics: readonly MetricDefinition[], id: string): number =>
  metrics.find((metric) => metric.id === id)?.version ?? 1;
