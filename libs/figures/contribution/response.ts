import { withFurther, withStage, type Dims } from '../history/dimensions.js';
import { dimsAt } from '../history/eras.js';
import {
  FUNNEL_STAGES,
  LEAD,
  MQL,
  OPPORTUNITY,
  SAL,
  SQL,
  WON,
  type Exit,
  type History,
  type LeadHistory,
  type Moment,
} from '../history/history.js';
import { before } from '../history/order.js';
import { firstTouch } from '../history/touches.js';
import type { FactContext } from './deal.js';
import { durationClass } from './duration-class.js';
import { METRIC, type Fact } from './fact.js';
import { passesOf, type Pass } from './passes.js';

/** The dimension of what was done before an exit: rejected, recycled or disqualified. */
export const EXIT = 'exit';

/** How each pass was answered and worked: when sales received it, how fast sales answered, how long it stayed in each stage, and what was done before it was given up. */
export function responseFacts(history: History, context: FactContext): Fact[] {
  const { lead } = history;
  if (lead === null) return [];
  const facts: Fact[] = [];
  const numbers: number[] = [];
  passesOf(history, numbers).forEach((pass, i) => {
    const number = numbers[i] ?? 1;
    const exit = exitOf(lead, number);
    pushStays(facts, lead, pass, exit, lastLoss(history, number));
    const received = receiptOf(lead, pass, exit, context);
    if (received === null) return;
    const dims = dimsAt(lead.eras, received.at);
    facts.push({ metric: METRIC.received, day: received.day, dims, n: 1, value: 0, class: 0 });
    pushSpeed(facts, lead, pass, received, exit, dims);
    if (exit !== null) pushEffort(facts, lead, received, exit);
  });
  return facts;
}

/** Whom sales found itself is not handed over: its touch is the first, and the lead is its own creation or was created only after. */
function isOutbound(lead: LeadHistory): boolean {
  const first = firstTouch(lead.touches);
  if (first?.side !== 'sales') return false;
  return lead.creator === 'sales' || lead.created === null || first.at <= lead.created.at;
}

export const exitOf = (lead: LeadHistory, pass: number): Exit | null =>
  lead.exits.reduce<Exit | null>(
    (first, exit) => (exit.pass === pass && (first === null || before(exit, first)) ? exit : first),
    null,
  );

/** The later of MQL and the assignment to sales; else the first thing that sales did with it. null: never handed over. */
export function receiptOf(lead: LeadHistory, pass: Pass, exit: Exit | null, { dayOf }: FactContext): Moment | null {
  if (isOutbound(lead)) return null;
  let first: Moment | null = null;
  const mql = pass[MQL];
  if (mql != null) {
    const inCharge = lead.assignments.findLast((one) => !before(mql, one));
    const later = lead.assignments.find((one) => before(mql, one) && one.team === 'sales');
    if (inCharge?.team === 'sales') first = mql;
    else if (later !== undefined) first = { ...later, day: dayOf(later.at), assumed: false };
  }
  for (const stage of [SAL, SQL, OPPORTUNITY]) {
    const entry = pass[stage];
    if (entry != null && (first === null || before(entry, first))) first = entry;
  }
  return first !== null && exit !== null && before(exit, first) ? null : first;
}

function pushSpeed(
  facts: Fact[],
  lead: LeadHistory,
  pass: Pass,
  received: Moment,
  exit: Exit | null,
  dims: Dims,
): void {
  if (received.assumed) return;
  const push = (metric: number, at: number): void => {
    const seconds = Math.trunc((at - received.at) / 1000);
    facts.push({ metric, day: received.day, dims, n: 1, value: seconds, class: durationClass(seconds) });
  };
  const touches = within(lead, received, exit);
  const attempt = touches.find((touch) => touch.attempt);
  const contact = touches.find((touch) => touch.contact);
  if (attempt !== undefined) push(METRIC.speedToLeadAttempt, attempt.at);
  if (contact !== undefined) push(METRIC.speedToLeadContact, contact.at);
  const sql = pass[SQL];
  if (sql != null && !sql.assumed && sql.at >= received.at) push(METRIC.speedToLeadQualification, sql.at);
}

/** Sales' touches from the receipt to the end of the pass. */
const within = (lead: LeadHistory, received: Moment, exit: Exit | null) =>
  lead.work.sales.filter(({ at }) => at >= received.at && (exit === null || at <= exit.at));

function pushEffort(facts: Fact[], lead: LeadHistory, received: Moment, exit: Exit): void {
  const attempts = within(lead, received, exit).filter(({ attempt }) => attempt).length;
  const dims = withFurther(dimsAt(lead.eras, exit.at), EXIT, exit.exit);
  const { day } = exit;
  facts.push({ metric: METRIC.attemptsBeforeExit, day, dims, n: 1, value: attempts, class: attempts });
  if (!received.assumed && !exit.assumed) {
    const days = day - received.day;
    facts.push({ metric: METRIC.daysToExit, day, dims, n: 1, value: days, class: days });
  }
  if (exit.exit === 'rejected' && attempts === 0)
    facts.push({ metric: METRIC.rejectedWithoutAttempt, day, dims, n: 1, value: 0, class: 0 });
}

/** A stage is left for the next one that the pass recorded, by an exit, or (an opportunity) by the loss of its last deal. */
function pushStays(facts: Fact[], lead: LeadHistory, pass: Pass, exit: Exit | null, loss: Moment | null): void {
  for (let stage = LEAD; stage <= OPPORTUNITY; stage++) {
    const entry = pass[stage];
    if (entry == null || entry.assumed) continue;
    const next = pass.slice(stage + 1, WON + 1).find((later) => later !== null) ?? null;
    const end = next ?? exit ?? (stage === OPPORTUNITY ? loss : null);
    const name = FUNNEL_STAGES[stage] ?? 'lead';
    if (end === null) {
      const seconds = Math.trunc(entry.at / 1000);
      const dims = withStage(dimsAt(lead.eras, entry.at), name);
      const hours = Math.floor(seconds / 3600);
      facts.push({ metric: METRIC.openInStage, day: entry.day, dims, n: 1, value: seconds, class: hours });
    } else if (!end.assumed) {
      const seconds = Math.trunc((end.at - entry.at) / 1000);
      const dims = withStage(dimsAt(lead.eras, end.at), name);
      facts.push({
        metric: METRIC.timeInStage,
        day: end.day,
        dims,
        n: 1,
        value: seconds,
        class: durationClass(seconds),
      });
    }
  }
}

/** When the last of the pass's deals of kind new was lost; null while one is open or won. */
function lastLoss({ deals }: History, pass: number): Moment | null {
  let last: Moment | null = null;
  for (const deal of deals) {
    if (deal.annulled || deal.kind !== 'new' || deal.pass !== pass) continue;
    if (deal.close === null || deal.close.won) return null;
    if (last === null || before(last, deal.close)) last = deal.close;
  }
  return last;
}
