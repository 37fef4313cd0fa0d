import type { DayNumber } from '#kernel/time.js';
import { sameDims, type Dims } from '../history/dimensions.js';
import { FUNNEL_STAGES } from '../history/history.js';

/** One thing that counts. A figure is a sum of `n` and `value` over facts. */
export interface Fact {
  /** A number of `METRIC`. */
  readonly metric: number;
  /** When it happened, as a day of the organisation. */
  readonly day: DayNumber;
  readonly dims: Dims;
  /** 1; -1 only for leaving a stage of the pipeline. */
  readonly n: number;
  /** Money in minor units of the organisation's currency, the exact length of a duration (days, seconds), or how many impressions or clicks; else 0. Counts n times. */
  readonly value: number;
  /** What the metric sorts its facts by; see `METRIC`. */
  readonly class: number;
}

/**
 * What is counted, by the number it is stored under; numbers are never used again for anything else.
 *
 * Entries of a stage (leads to passPaying): class = 2 x (bits of the funnel stages before it that this pass has recorded) + (1 for the lead's
 * first). Durations: class = the day or the logarithmic class. `assumed`: class = the metric whose fact has an assumed date. Pairs A>B
 * (`pairMetric`): dated and dimensioned by A, class = 64 x days from A to B + bits of the stages between them that the pass has recorded.
 */
export const METRIC = {
  leads: 0,
  /** A later pass that began as a lead again. */
  reentries: 1,
  mqls: 2,
  sals: 3,
  sqls: 4,
  passOpportunity: 5,
  passWon: 6,
  passPaying: 7,
  opportunities: 8,
  /** Deals of kind new that are won, dated and dimensioned by their opening. */
  openedWon: 9,
  won: 10,
  lost: 11,
  bookings: 12,
  newCustomers: 13,
  newPayingCustomers: 14,
  newPayingCustomersReversed: 15,
  revenue: 16,
  refunds: 17,
  profit: 18,
  paymentsWithoutCost: 19,
  timeToCloseDays: 20,
  dealCycleDays: 21,
  timeToClose: 22,
  dealCycle: 23,
  /** +1 on entering a stage of the pipeline (or other dimensions or another value while in it), -1 on leaving; value = the deal's. */
  pipeline: 24,
  assumed: 25,
  /** Money in the value. */
  spend: 26,
  /** How many in the value. */
  impressions: 27,
  clicks: 28,
  /** Of each won deal, value won and payment: by whom it was sourced, under three definitions; class 1: by marketing. */
  sourcedWon1: 80,
  sourcedWon2: 81,
  sourcedWon3: 82,
  sourcedBookings1: 83,
  sourcedBookings2: 84,
  sourcedBookings3: 85,
  sourcedRevenue1: 86,
  sourcedRevenue2: 87,
  sourcedRevenue3: 88,
  /** class 1: marketing touched the lead before the deal was opened. */
  influencedWon: 89,
  influencedBookings: 90,
  influencedRevenue: 91,
  /** Passes that sales received, at that moment. */
  received: 92,
  speedToLeadAttempt: 93,
  speedToLeadContact: 94,
  speedToLeadQualification: 95,
  /** Finished stays; the stage stands in the tuple. */
  timeInStage: 96,
  /** Stays that go on, by the day they began; value = the second, class = the hour since 1970 at which. */
  openInStage: 97,
  attemptsBeforeExit: 98,
  daysToExit: 99,
  rejectedWithoutAttempt: 100,
  /** Passes that sales received and reviewed, by the day received; value = 2520 x the mean quality, class = it rounded (0: not judged). */
  intakeReviews: 101,
  needs: 102,
  challenges: 103,
  /** Passes whose deal was won or lost, or that were recycled or disqualified; class = 0 won, 1 lost, 2 recycled, 3 disqualified. */
  outcomes: 104,
  /** Of these the reviewed ones, like intakeReviews. */
  outcomeReviews: 105,
  helped: 106,
  wentWrong: 107,
  /** Exits of a pass; exit and reason stand in the tuple. */
  exits: 108,
  /** Deals of kind new lost, or won with a reason; outcome and reason stand in the tuple. */
  closeReasons: 109,
  /** Outcomes won and lost, and payments, of passes whose intake was judged; the grade stands in the tuple. */
  gradedWon: 110,
  gradedLost: 111,
  gradedRevenue: 112,
  /** Rejected passes whose lead bought later. */
  rejectedThenBought: 113,
} as const;

const FIRST_PAIR = 30;
const STAGES = FUNNEL_STAGES.length;

/** The metric of passes that reached stage `a` and the later stage `b`. */
export const pairMetric = (a: number, b: number): number => FIRST_PAIR + a * STAGES + b;

/** The metric of entries into a funnel stage; LEAD has `reentries` beside it. */
export const entryMetric = (stage: number): number => ENTRY[stage] ?? METRIC.leads;
const ENTRY: readonly number[] = [
  METRIC.leads,
  METRIC.mqls,
  METRIC.sals,
  METRIC.sqls,
  METRIC.passOpportunity,
  METRIC.passWon,
  METRIC.passPaying,
];

/** Every metric that can have facts. */
export const ALL_METRICS: readonly number[] = [
  ...Object.values(METRIC),
  ...FUNNEL_STAGES.flatMap((_, a) => FUNNEL_STAGES.slice(a + 1).map((__, i) => pairMetric(a, a + 1 + i))),
];

export const sameFact = (a: Fact, b: Fact): boolean =>
  a === b ||
  (a.metric === b.metric &&
    a.day === b.day &&
    a.n === b.n &&
    a.value === b.value &&
    a.class === b.class &&
    sameDims(a.dims, b.dims));
