import { withFurther, type Dims } from '../history/dimensions.js';
import { dealDimsAt, dimsAt } from '../history/eras.js';
import type { DealHistory, Exit, History, LeadHistory, Moment, PaymentEntry } from '../history/history.js';
import { before } from '../history/order.js';
import { inReportingCurrency } from '../history/reporting-currency.js';
import { judgementOf, type Judgement } from '../history/reviews.js';
import type { FactContext } from './deal.js';
import { METRIC, type Fact } from './fact.js';
import { passesOf, type Pass } from './passes.js';
import { EXIT, exitOf, receiptOf } from './response.js';

/** The dimensions that facts of reviews have beside all others. */
export const NEED = 'need';
export const CHALLENGE = 'challenge';
export const HELPED = 'helpedBy';
export const WENT_WRONG = 'wentWrongBy';
export const REASON = 'reason';
export const OUTCOME = 'outcome';
export const GRADE = 'grade';
export const REVIEW_DIMENSIONS = [NEED, CHALLENGE, HELPED, WENT_WRONG, REASON, OUTCOME, GRADE] as const;

/** In the order of their classes. */
export const OUTCOMES = ['won', 'lost', 'recycled', 'disqualified'] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** 1 x 2 x ... x 10 without repeats: the mean of up to ten grades is a whole number of these. */
export const QUALITY_PARTS = 2520;

/**
 * What sales says of the passes that it received, and of how they ended: dated by receipt at intake, by the end of the pass afterwards. A pass that
 * sales found itself is not handed over and in none of them.
 */
export function reviewFacts(history: History, passes: readonly Pass[], context: FactContext): Fact[] {
  const { lead, deals } = history;
  // Most leads have nothing of all this yet.
  if (
    lead === null ||
    (lead.reviews.length === 0 && lead.exits.length === 0 && !deals.some(({ close }) => close !== null))
  )
    return [];
  const facts: Fact[] = [];
  for (const pass of passes) {
    const { number } = pass;
    const exit = exitOf(lead, number);
    if (exit !== null) pushExit(facts, history, lead, exit);
    const received = receiptOf(lead, pass, exit, context);
    const intake = judgementOf(lead.reviews, number, 'intake');
    if (received !== null && intake !== null) pushIntake(facts, lead, received, intake);
    const ended = outcomeOf(history, number, exit);
    if (ended !== null && received !== null) pushOutcome(facts, lead, number, ended, intake);
    if (intake?.quality != null) pushGradedRevenue(facts, history, number, gradeOf(intake), context);
  }
  for (const deal of deals) pushCloseReason(facts, deal, lead);
  return facts;
}

/** A pass that a lead review is to look at: at intake when sales received it, for its outcome when it ended. */
export interface DuePass {
  readonly pass: number;
  readonly phase: 'intake' | 'outcome';
  readonly moment: Moment;
  /** As they were then. */
  readonly dims: Dims;
}

/** What `received` and `outcomes` count of one lead, pass by pass. */
export function duePasses(history: History, context: FactContext): readonly DuePass[] {
  const { lead } = history;
  if (lead === null) return [];
  const due: DuePass[] = [];
  for (const pass of passesOf(history)) {
    const { number } = pass;
    const exit = exitOf(lead, number);
    const received = receiptOf(lead, pass, exit, context);
    if (received === null) continue;
    const push = (phase: DuePass['phase'], moment: Moment): void =>
      void due.push({ pass: number, phase, moment, dims: dimsAt(lead.eras, moment.at) });
    push('intake', received);
    const ended = outcomeOf(history, number, exit);
    if (ended !== null) push('outcome', ended.moment);
  }
  return due;
}

/** The nearest grade, the better one of two; 0: not judged. */
const gradeOf = ({ quality }: Judgement): number => (quality === null ? 0 : Math.round(quality));

const fact = (metric: number, { day }: Moment, dims: Dims, value = 0, klass = 0): Fact => ({
  metric,
  day,
  dims,
  n: 1,
  value,
  class: klass,
});

const reviewed = (metric: number, moment: Moment, dims: Dims, judgement: Judgement): Fact =>
  fact(metric, moment, dims, Math.round((judgement.quality ?? 0) * QUALITY_PARTS), gradeOf(judgement));

const named = (metric: number, moment: Moment, dims: Dims, dimension: string, codes: readonly string[]): Fact[] =>
  codes.map((code) => fact(metric, moment, withFurther(dims, dimension, code)));

function pushIntake(facts: Fact[], lead: LeadHistory, received: Moment, intake: Judgement): void {
  const dims = dimsAt(lead.eras, received.at);
  facts.push(
    reviewed(METRIC.intakeReviews, received, dims, intake),
    ...named(METRIC.needs, received, dims, NEED, intake.needs),
    ...named(METRIC.challenges, received, dims, CHALLENGE, intake.challenges),
  );
}

interface Ended {
  readonly moment: Moment;
  readonly outcome: Outcome;
}

/** A pass ends with the win of its first deal; else by being recycled or disqualified; else by the loss of its last deal. */
function outcomeOf({ deals }: History, pass: number, exit: Exit | null): Ended | null {
  let won: Moment | null = null;
  let lost: Moment | null = null;
  let isOpen = false;
  for (const deal of deals) {
    if (deal.annulled || deal.kind !== 'new' || deal.pass !== pass) continue;
    const { close } = deal;
    if (close === null) isOpen = true;
    else if (close.won) won = won === null || before(close, won) ? close : won;
    else lost = lost === null || before(lost, close) ? close : lost;
  }
  if (won !== null) return { moment: won, outcome: 'won' };
  if (exit !== null && exit.exit !== 'rejected') return { moment: exit, outcome: exit.exit };
  return lost === null || isOpen ? null : { moment: lost, outcome: 'lost' };
}

function pushOutcome(
  facts: Fact[],
  lead: LeadHistory,
  pass: number,
  { moment, outcome }: Ended,
  intake: Judgement | null,
): void {
  const own = withFurther(dimsAt(lead.eras, moment.at), OUTCOME, outcome);
  const judgement = judgementOf(lead.reviews, pass, 'outcome');
  facts.push(fact(METRIC.outcomes, moment, own, 0, OUTCOMES.indexOf(outcome)));
  if (judgement !== null) {
    facts.push(
      reviewed(METRIC.outcomeReviews, moment, own, judgement),
      ...named(METRIC.helped, moment, own, HELPED, judgement.helped),
      ...named(METRIC.wentWrong, moment, own, WENT_WRONG, judgement.wentWrong),
    );
  }
  if (intake?.quality == null || (outcome !== 'won' && outcome !== 'lost')) return;
  const graded = withFurther(own, GRADE, String(gradeOf(intake)));
  facts.push(fact(outcome === 'won' ? METRIC.gradedWon : METRIC.gradedLost, moment, graded));
}

function pushGradedRevenue(
  facts: Fact[],
  { deals, lead }: History,
  pass: number,
  grade: number,
  { currency }: FactContext,
): void {
  for (const deal of deals) {
    if (deal.annulled || deal.kind !== 'new' || deal.pass !== pass) continue;
    for (const payment of deal.payments) {
      const dims = withFurther(dealDimsAt(deal, lead?.eras ?? [], payment.at), GRADE, String(grade));
      facts.push(fact(METRIC.gradedRevenue, payment, dims, worthOf(payment, currency)));
    }
  }
}

const worthOf = ({ amount, conversion }: PaymentEntry, currency: string): number =>
  inReportingCurrency(amount, conversion, currency);

function pushExit(facts: Fact[], { deals }: History, lead: LeadHistory, exit: Exit): void {
  const dims = withFurther(withFurther(dimsAt(lead.eras, exit.at), EXIT, exit.exit), REASON, exit.reason);
  facts.push(fact(METRIC.exits, exit, dims));
  const bought = deals.some(({ annulled, close }) => !annulled && close?.won === true && before(exit, close));
  if (exit.exit === 'rejected' && bought) facts.push(fact(METRIC.rejectedThenBought, exit, dims));
}

function pushCloseReason(facts: Fact[], deal: DealHistory, lead: LeadHistory): void {
  const { close } = deal;
  if (deal.annulled || deal.kind !== 'new' || close?.reason == null) return;
  const dims = withFurther(dealDimsAt(deal, lead.eras, close.at), OUTCOME, close.won ? 'won' : 'lost');
  facts.push(fact(METRIC.closeReasons, close, withFurther(dims, REASON, close.reason)));
}
