import {
  CHALLENGE,
  GRADE,
  HELPED,
  NEED,
  OUTCOME,
  OUTCOMES,
  QUALITY_PARTS,
  REASON,
  WENT_WRONG,
} from '#figures/contribution/reviews.js';
import { METRIC } from '#figures/contribution/fact.js';
import { EXIT } from '#figures/contribution/response.js';
import { reportHead, type ReportHead } from '#figures/report/figures.js';
import { commonParameters, parameterReader } from '#figures/report/parameters.js';
import { look, type FiguresDeps, type Sight } from '#figures/report/sight.js';
import { duration, ratio, type Duration, type Ratio } from '#figures/report/values.js';
import { minorText } from '#kernel/money.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { tallies, type Asked, type RowKey, type Tally } from './tally.js';

export interface CodeCount {
  readonly code: string | null;
  readonly count: number;
}

export interface Quality {
  /** Of the passes that were judged; null: none was. */
  readonly mean: number | null;
  readonly judged: number;
  /** By grade 1 to 5: passes whose reviewers' mean is nearest to it. */
  readonly grades: Readonly<Record<'1' | '2' | '3' | '4' | '5', number>>;
}

export interface GradeResult {
  readonly grade: number;
  readonly won: number;
  readonly lost: number;
  readonly winRate: Ratio;
  /** Decimal text, in the organisation's currency. */
  readonly revenue: string;
}

export interface LeadReviewRow {
  /** `period` only with a grain; then the dimensions asked for. */
  readonly [name: string]: unknown;
  readonly received: number;
  readonly intake: {
    readonly reviewed: Ratio;
    readonly quality: Quality;
    readonly needs: readonly CodeCount[];
    readonly challenges: readonly CodeCount[];
  };
  readonly outcome: {
    readonly won: number;
    readonly lost: number;
    readonly recycled: number;
    readonly disqualified: number;
    readonly reviewed: Ratio;
    readonly helped: readonly CodeCount[];
    readonly wentWrong: readonly CodeCount[];
  };
  readonly exits: readonly { readonly exit: string | null; readonly reason: string | null; readonly count: number }[];
  readonly closeReasons: readonly {
    readonly outcome: string | null;
    readonly reason: string | null;
    readonly count: number;
  }[];
  readonly effort: {
    readonly attempts: Duration;
    readonly days: Duration;
    readonly rejectedWithoutAttempt: number;
    readonly rejectedThenBought: number;
  };
  readonly byQuality: readonly GradeResult[];
}

export interface LeadReviewsAnswer extends ReportHead {
  readonly grain: string;
  readonly by: readonly string[];
  readonly rows: readonly LeadReviewRow[];
  readonly total: LeadReviewRow;
  readonly warnings: readonly Warning[];
}

/**
 * What `GET /lead-reviews` answers: what sales thinks of the passes that it received in the period, and of those that ended in it. Counts are passes.
 * Throws 400 `QUERY.*`, 503 `READ_MODEL.BEHIND`.
 */
export async function answerLeadReviews(deps: FiguresDeps, raw: Query): Promise<LeadReviewsAnswer> {
  const reader = parameterReader(raw);
  const parameters = commonParameters(raw, reader, [], deps.organisation.fiscalYearStart);
  reader.finish();
  const sight = await look(deps, parameters);
  const { grain, by } = parameters;
  const { currency } = deps.organisation;
  const found = await rowsOf(sight, parameters, currency);
  const [whole] = await rowsOf(sight, { ...parameters, grain: 'total', by: [] }, currency);
  return {
    ...reportHead(deps, sight, parameters.period),
    grain,
    by,
    rows: found.map(({ row: { period, dims }, content }) => ({
      ...(grain === 'total' ? {} : { period }),
      ...Object.fromEntries(by.map((name, i) => [name, dims[i] ?? null])),
      ...content,
    })),
    total: whole?.content ?? rowOf(nothing, currency),
    warnings: sight.warnings,
  };
}

/** Metrics that the report is made of, with the dimensions that it looks at beyond a row's own. */
const SOURCES = {
  received: [METRIC.received],
  intakeReviews: [METRIC.intakeReviews],
  needs: [METRIC.needs, NEED],
  challenges: [METRIC.challenges, CHALLENGE],
  outcomes: [METRIC.outcomes],
  outcomeReviews: [METRIC.outcomeReviews],
  helped: [METRIC.helped, HELPED],
  wentWrong: [METRIC.wentWrong, WENT_WRONG],
  exits: [METRIC.exits, EXIT, REASON],
  closeReasons: [METRIC.closeReasons, OUTCOME, REASON],
  attempts: [METRIC.attemptsBeforeExit],
  days: [METRIC.daysToExit],
  rejectedWithoutAttempt: [METRIC.rejectedWithoutAttempt],
  rejectedThenBought: [METRIC.rejectedThenBought],
  gradedWon: [METRIC.gradedWon, GRADE],
  gradedLost: [METRIC.gradedLost, GRADE],
  gradedRevenue: [METRIC.gradedRevenue, GRADE],
} as const satisfies Readonly<Record<string, readonly [number, ...string[]]>>;
type SourceName = keyof typeof SOURCES;

/** One row's tallies of a source. */
type RowSource = (name: SourceName) => readonly Tally[];
const nothing: RowSource = () => [];

interface FoundRow {
  readonly row: RowKey;
  readonly content: LeadReviewRow;
}

async function rowsOf(sight: Sight, asked: Asked, currency: string): Promise<readonly FoundRow[]> {
  const rows = new Map<string, { readonly row: RowKey; readonly of: Map<SourceName, Tally[]> }>();
  for (const name of Object.keys(SOURCES) as SourceName[]) {
    const [metric, ...further]: readonly [number, ...string[]] = SOURCES[name];
    for (const tally of await tallies(sight, asked, metric, further)) {
      const { row } = tally;
      let known = rows.get(row.key);
      if (known === undefined) rows.set(row.key, (known = { row, of: new Map() }));
      known.of.set(name, [...(known.of.get(name) ?? []), tally]);
    }
  }
  return [...rows.values()]
    .sort((a, b) => compared([a.row.period, ...a.row.dims], [b.row.period, ...b.row.dims]))
    .map(({ row, of }) => ({ row, content: rowOf((name) => of.get(name) ?? [], currency) }));
}

function rowOf(source: RowSource, currency: string): LeadReviewRow {
  const n = (name: SourceName): number => source(name).reduce((sum, tally) => sum + tally.n, 0);
  const received = n('received');
  const outcomes = classesOf(source('outcomes'));
  const [won = 0, lost = 0, recycled = 0, disqualified = 0] = OUTCOMES.map((_, kind) => outcomes.get(kind) ?? 0);
  return {
    received,
    intake: {
      reviewed: ratio(n('intakeReviews'), received),
      quality: qualityOf(source('intakeReviews')),
      needs: codes(source('needs')),
      challenges: codes(source('challenges')),
    },
    outcome: {
      won,
      lost,
      recycled,
      disqualified,
      reviewed: ratio(n('outcomeReviews'), n('outcomes')),
      helped: codes(source('helped')),
      wentWrong: codes(source('wentWrong')),
    },
    exits: mostFirst(source('exits')).map(({ further: [exit = null, reason = null], n: count }) => ({
      exit,
      reason,
      count,
    })),
    closeReasons: mostFirst(source('closeReasons')).map(({ further: [outcome = null, reason = null], n: count }) => ({
      outcome,
      reason,
      count,
    })),
    effort: {
      attempts: measured('attempt', source('attempts')),
      days: measured('day', source('days')),
      rejectedWithoutAttempt: n('rejectedWithoutAttempt'),
      rejectedThenBought: n('rejectedThenBought'),
    },
    byQuality: byQuality(source, currency),
  };
}

/** Exact: the mean over passes of the mean of each pass's reviewers. */
function qualityOf(reviews: readonly Tally[]): Quality {
  const classes = classesOf(reviews);
  const at = (grade: number): number => classes.get(grade) ?? 0;
  const judged = [1, 2, 3, 4, 5].reduce((sum, grade) => sum + at(grade), 0);
  const parts = reviews.reduce((sum, { value }) => sum + value, 0);
  return {
    mean: judged === 0 ? null : parts / QUALITY_PARTS / judged,
    judged,
    grades: { '1': at(1), '2': at(2), '3': at(3), '4': at(4), '5': at(5) },
  };
}

function byQuality(source: RowSource, currency: string): readonly GradeResult[] {
  const of = (name: SourceName, grade: number, amount: (tally: Tally) => number): number =>
    source(name)
      .filter(({ further }) => further[0] === String(grade))
      .reduce((sum, tally) => sum + amount(tally), 0);
  const count = ({ n }: Tally): number => n;
  return [5, 4, 3, 2, 1]
    .map((grade) => ({
      grade,
      won: of('gradedWon', grade, count),
      lost: of('gradedLost', grade, count),
      minor: of('gradedRevenue', grade, ({ value }) => value),
    }))
    .filter(({ won, lost, minor }) => won !== 0 || lost !== 0 || minor !== 0)
    .map(({ grade, won, lost, minor }) => ({
      grade,
      won,
      lost,
      winRate: ratio(won, won + lost),
      revenue: minorText(minor, currency),
    }));
}

function classesOf(found: readonly Tally[]): ReadonlyMap<number, number> {
  const all = new Map<number, number>();
  for (const { classes } of found) for (const [key, count] of classes) all.set(key, (all.get(key) ?? 0) + count);
  return all;
}

function measured(unit: Duration['unit'], found: readonly Tally[]): Duration {
  const count = found.reduce((sum, { n }) => sum + n, 0);
  const total = found.reduce((sum, { value }) => sum + value, 0);
  return duration(unit, count, total, classesOf(found));
}

const mostFirst = (found: readonly Tally[]): readonly Tally[] =>
  [...found].sort((a, b) => b.n - a.n || compared(a.further, b.further));

const codes = (found: readonly Tally[]): readonly CodeCount[] =>
  mostFirst(found).map(({ further: [code = null], n: count }) => ({ code, count }));

function compared(a: readonly (string | null)[], b: readonly (string | null)[]): number {
  for (let i = 0; i < a.length; i++) {
    const [one, other] = [a[i] ?? null, b[i] ?? null];
    if (one === other) continue;
    if (one === null) return -1;
    if (other === null) return 1;
    return one < other ? -1 : 1;
  }
  return 0;
}
