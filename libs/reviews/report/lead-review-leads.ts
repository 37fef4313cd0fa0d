import { METRIC } from '#figures/contribution/fact.js';
import { reportHead, type ReportHead } from '#figures/report/figures.js';
import { leadsBehind, type LeadBehind } from '#figures/report/leads-behind.js';
import { commonParameters, parameterReader } from '#figures/report/parameters.js';
import { look, type FiguresDeps } from '#figures/report/sight.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';

/** The counts of the report, by the name that asks for the leads behind them. */
export const COUNTS = {
  received: METRIC.received,
  intakeReviews: METRIC.intakeReviews,
  needs: METRIC.needs,
  challenges: METRIC.challenges,
  outcomes: METRIC.outcomes,
  outcomeReviews: METRIC.outcomeReviews,
  helped: METRIC.helped,
  wentWrong: METRIC.wentWrong,
  exits: METRIC.exits,
  closeReasons: METRIC.closeReasons,
  rejectedWithoutAttempt: METRIC.rejectedWithoutAttempt,
  rejectedThenBought: METRIC.rejectedThenBought,
} as const;
type CountName = keyof typeof COUNTS;

export interface LeadReviewLeads extends ReportHead {
  readonly count: CountName;
  readonly leads: readonly LeadBehind[];
  readonly warnings: readonly Warning[];
}

/** What `GET /lead-reviews/leads` answers: the leads behind one count of the report, with the same period and filters. Throws 400 `QUERY.*`. */
export async function answerLeadReviewLeads(deps: FiguresDeps, raw: Query): Promise<LeadReviewLeads> {
  const reader = parameterReader(raw);
  const parameters = commonParameters(raw, reader, ['count'], deps.organisation.fiscalYearStart, [
    'grain',
    'by',
    'format',
  ]);
  const asked = reader.one('count') ?? '';
  if (!isCount(asked)) {
    reader.wrong('count', 'QUERY.UNKNOWN_METRIC', `count is one of ${Object.keys(COUNTS).join(', ')}`);
  }
  reader.finish();
  const count: CountName = isCount(asked) ? asked : 'received';
  const sight = await look(deps, parameters);
  const leads = await leadsBehind(deps, sight, COUNTS[count], { days: parameters.period, filters: parameters.filters });
  return { ...reportHead(deps, sight, parameters.period), count, leads, warnings: sight.warnings };
}

const isCount = (name: string): name is CountName => Object.hasOwn(COUNTS, name);
