import type { Dims } from '../history/dimensions.js';
import { dimsAt } from '../history/eras.js';
import {
  FUNNEL_STAGES,
  LEAD,
  MQL,
  OPPORTUNITY,
  PAYING,
  SQL,
  WON,
  type History,
  type Moment,
} from '../history/history.js';
import { before } from '../history/order.js';
import { assumedFact } from './assumed.js';
import { entryMetric, METRIC, pairMetric, type Fact } from './fact.js';

/**
 * A lead's trips down the funnel: one entry per pass and stage reached, and one pair fact per two stages reached, with the lead's dimensions.
 * A stage that nobody recorded is not there. Opportunity, won and paying come from the deals of kind new that the pass opened.
 */
export function passFacts({ lead }: History, passes: readonly Pass[]): Fact[] {
  if (lead === null) return [];
  const facts: Fact[] = [];
  for (const { stages } of passes) {
    const dims = stages.map((entry) => (entry === null ? null : dimsAt(lead.eras, entry.at)));
    let recorded = 0;
    for (let b = 0; b < FUNNEL_STAGES.length; b++) {
      const entry = stages[b];
      const own = dims[b];
      if (entry == null || own == null) continue;
      // A pass's lead stage other than the creation is a re-entry, so that `leads` stays once a lead.
      const metric = b === LEAD && entry.position !== lead.created?.position ? METRIC.reentries : entryMetric(b);
      const first = b >= MQL && b <= SQL && isFirst(passes, b, entry) ? 1 : 0;
      facts.push({ metric, day: entry.day, dims: own, n: 1, value: 0, class: 2 * recorded + first });
      if (entry.assumed && metric <= METRIC.sqls) facts.push(assumedFact(metric, entry.day, own));
      pushPairs(facts, stages, dims, b, entry, recorded);
      recorded |= 1 << b;
    }
  }
  return facts;
}

export interface Pass {
  readonly number: number;
  /** By funnel stage; null: not recorded. */
  readonly stages: (Moment | null)[];
}

function pushPairs(
  facts: Fact[],
  stages: Pass['stages'],
  dims: readonly (Dims | null)[],
  b: number,
  entry: Moment,
  recorded: number,
): void {
  for (let a = 0; a < b; a++) {
    const from = stages[a];
    const own = dims[a];
    if (from == null || own == null) continue;
    const between = recorded & ~((2 << a) - 1);
    facts.push({
      metric: pairMetric(a, b),
      day: from.day,
      dims: own,
      n: 1,
      value: 0,
      class: 64 * Math.max(0, entry.day - from.day) + between,
    });
  }
}

/** In the order in which they began. */
export function passesOf(history: History): readonly Pass[] {
  // Most leads have one: a list that begins with it takes no room for more.
  let passes: Pass[] = NONE;
  for (const entry of history.lead?.stages ?? []) passes = entered(passes, entry.pass, entry.stage, entry);
  for (const deal of history.deals) {
    const { annulled, kind, pass } = deal;
    if (annulled || kind !== 'new' || pass === null) continue;
    passes = entered(passes, pass, OPPORTUNITY, deal.opened);
    if (deal.close?.won === true) passes = entered(passes, pass, WON, deal.close);
    for (const payment of deal.payments) if (payment.amount > 0) passes = entered(passes, pass, PAYING, payment);
  }
  return passes;
}
const NONE: Pass[] = [];

function entered(passes: Pass[], number: number, stage: number, moment: Moment): Pass[] {
  for (const pass of passes) {
    if (pass.number !== number) continue;
    const known = pass.stages[stage];
    if (known == null || before(moment, known)) pass.stages[stage] = moment;
    return passes;
  }
  const pass: Pass = { number, stages: [null, null, null, null, null, null, null] };
  pass.stages[stage] = moment;
  if (passes.length === 0) return [pass];
  passes.push(pass);
  return passes;
}

/** Whether no other pass entered the stage before. */
function isFirst(passes: readonly Pass[], stage: number, entry: Moment): boolean {
  if (passes.length === 1) return true;
  return passes.every(({ stages }) => {
    const other = stages[stage];
    return other == null || other === entry || before(entry, other);
  });
}
