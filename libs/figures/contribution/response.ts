import { withFurther, withStage } from '../history/dimensions.js';
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
import type { SalesTouch } from '../history/work.js';
import type { FactContext } from './deal.js';
import { durationClass } from './duration-class.js';
import { METRIC, type Fact } from './fact.js';
import type { Pass } from './passes.js';

/** The dimension of what was done before an exit: rejected, recycled or disqualified. */
export const EXIT = 'exit';

/** How each pass was answered and worked: when sales received it, how fast sales answered, how long it stayed in each stage, and what was done before it was given up. */
export function responseFacts(history: History, passes: readonly Pass[], context: FactContext): Fact[] {
  const { lead } = history;
  if (lead === null) return [];
  const facts: Fact[] = [];
  for (const pass of passes) {
    const exit = exitOf(lead, pass.number);
    pushStays(facts, lead, pass, exit, history);
    const moment = receiptOf(lead, pass, exit, context);
    if (moment === null) continue;
    const dims = dimsAt(lead.eras, moment.at);
    facts.push({ metric: METRIC.received, day: moment.day, dims, n: 1, value: 0, class: 0 });
    pushWork(facts, lead, { pass, moment, exit });
  }
  return facts;
}

/** A pass that sales received. */
export interface Receipt {
  readonly pass: Pass;
  readonly moment: Moment;
  readonly exit: Exit | null;
}

export function receiptsOf(lead: LeadHistory, passes: readonly Pass[], context: FactContext): readonly Receipt[] {
  const receipts: Receipt[] = [];
  for (const pass of passes) {
    const exit = exitOf(lead, pass.number);
    const moment = receiptOf(lead, pass, exit, context);
    if (moment !== null) receipts.push({ pass, moment, exit });
  }
  return receipts;
}

/** The part of `responseFacts` that sales' touches can change while the passes and their receipts stay as they are. */
export function workFacts(lead: LeadHistory, receipts: readonly Receipt[]): Fact[] {
  const facts: Fact[] = [];
  for (const receipt of receipts) pushWork(facts, lead, receipt);
  return facts;
}

function pushWork(facts: Fact[], lead: LeadHistory, receipt: Receipt): void {
  pushSpeed(facts, lead, receipt);
  if (receipt.exit !== null) pushEffort(facts, lead, receipt.moment, receipt.exit);
}

/** Whom sales found itself is not handed over: its touch is the first, and the lead is its own creation or was created only after. */
export function isOutbound(lead: LeadHistory): boolean {
  const first = firstTouch(lead.touches);
  if (first?.side !== 'sales') return false;
  return lead.creator === 'sales' || lead.created === null || first.at <= lead.created.at;
}

export function exitOf(lead: LeadHistory, pass: number): Exit | null {
  let first: Exit | null = null;
  for (const exit of lead.exits) if (exit.pass === pass && (first === null || before(exit, first))) first = exit;
  return first;
}

/** The later of MQL and the assignment to sales; else the first thing that sales did with it. null: never handed over. */
export function receiptOf(
  lead: LeadHistory,
  { stages }: Pass,
  exit: Exit | null,
  { dayOf }: FactContext,
): Moment | null {
  if (isOutbound(lead)) return null;
  let first: Moment | null = null;
  const mql = stages[MQL];
  if (mql != null) {
    const inCharge = lead.assignments.findLast((one) => !before(mql, one));
    const later = lead.assignments.find((one) => before(mql, one) && one.team === 'sales');
    if (inCharge?.team === 'sales') first = mql;
    else if (later !== undefined) first = { ...later, day: dayOf(later.at), assumed: false };
  }
  for (let stage = SAL; stage <= OPPORTUNITY; stage++) {
    const entry = stages[stage];
    if (entry != null && (first === null || before(entry, first))) first = entry;
  }
  return first !== null && exit !== null && before(exit, first) ? null : first;
}

function pushSpeed(facts: Fact[], lead: LeadHistory, { pass, moment, exit }: Receipt): void {
  if (moment.assumed) return;
  const dims = dimsAt(lead.eras, moment.at);
  const push = (metric: number, at: number): void => {
    const seconds = Math.trunc((at - moment.at) / 1000);
    facts.push({ metric, day: moment.day, dims, n: 1, value: seconds, class: durationClass(seconds) });
  };
  const attempt = firstWithin(lead, moment, exit, 'attempt');
  const contact = firstWithin(lead, moment, exit, 'contact');
  if (attempt !== null) push(METRIC.speedToLeadAttempt, attempt.at);
  if (contact !== null) push(METRIC.speedToLeadContact, contact.at);
  const sql = pass.stages[SQL];
  if (sql != null && !sql.assumed && sql.at >= moment.at) push(METRIC.speedToLeadQualification, sql.at);
}

/** Whether a touch lies between the receipt and the end of the pass. */
const isWithin = ({ at }: SalesTouch, received: Moment, exit: Exit | null): boolean =>
  at >= received.at && (exit === null || at <= exit.at);

function firstWithin(
  lead: LeadHistory,
  received: Moment,
  exit: Exit | null,
  kind: 'attempt' | 'contact',
): SalesTouch | null {
  for (const touch of lead.work.sales) if (touch[kind] && isWithin(touch, received, exit)) return touch;
  return null;
}

function pushEffort(facts: Fact[], lead: LeadHistory, received: Moment, exit: Exit): void {
  let attempts = 0;
  for (const touch of lead.work.sales) if (touch.attempt && isWithin(touch, received, exit)) attempts++;
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
function pushStays(
  facts: Fact[],
  lead: LeadHistory,
  { number, stages }: Pass,
  exit: Exit | null,
  history: History,
): void {
  for (let stage = LEAD; stage <= OPPORTUNITY; stage++) {
    const entry = stages[stage];
    if (entry == null || entry.assumed) continue;
    const end = nextOf(stages, stage) ?? exit ?? (stage === OPPORTUNITY ? lastLoss(history, number) : null);
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

function nextOf(stages: Pass['stages'], stage: number): Moment | null {
  for (let later = stage + 1; later <= WON; later++) {
    const entry = stages[later];
    if (entry != null) return entry;
  }
  return null;
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
