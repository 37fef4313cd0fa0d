import { DomainError, malformed } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { moneyText, parseMoney, type MoneyText } from '#kernel/money.js';
import type { Position } from '#kernel/position.js';
import { dayText, type DayNumber } from '#kernel/time.js';
import {
  integerOf,
  positionOfQuery,
  refuseUnknown,
  valueOf,
  type Query,
} from '#platform/questions/query-parameters.js';
import { asOf, pinViews, type ReadSide } from '#platform/questions/read-side.js';
import { ACCOUNTS_PROCESSOR, accountsOf } from '../earning/account-view.js';
import { initialBonus } from '../earning/bonus.js';
import type { KnownRules } from '../earning/follow-knowledge.js';
import { judge } from '../earning/judge.js';
import { activeVersions, judgingBy, type Knowledge } from '../earning/knowledge.js';
import type { LeadAccount } from '../earning/lead-account.js';
import { readAccount } from '../earning/read-account.js';
import type { Judging } from '../earning/split-reward.js';
import type { ActiveVersion, Standing } from '../earning/standing.js';
import type { Reward } from '../plan/terms.js';
import type { BookHead } from '../read/book-question.js';
import { prospectsOf, type Ahead, type AtRisk } from './next-milestones.js';

export interface AheadItem {
  readonly lead: string;
  readonly tier: string;
  readonly reward: {
    readonly kind: Reward['kind'];
    readonly amount: MoneyText | null;
    readonly percent: string | null;
  };
  readonly threshold: MoneyText;
  readonly reached: MoneyText;
  readonly missing: MoneyText;
  /** What stands in the way beside the amount. */
  readonly obstacle: Ahead['obstacle'];
  /** Revenue whose cost nobody has recorded, so that it does not count. */
  readonly withoutCost: MoneyText;
}

export interface AtRiskItem {
  readonly lead: string;
  readonly tier: string;
  readonly crossing: number;
  readonly reward: MoneyText;
  readonly members: readonly { readonly member: string; readonly amount: MoneyText }[];
  /** Last day on which a refund takes back. */
  readonly until: string;
  /** What may be refunded before a fixed reward is gone. */
  readonly cushion: MoneyText;
}

export interface RefundItem {
  readonly lead: string;
  readonly payment: string;
  readonly amount: MoneyText;
  readonly members: readonly { readonly member: string; readonly difference: MoneyText }[];
}

export interface NextAnswer extends BookHead {
  readonly plan: string;
  /** Those closest to a milestone first. */
  readonly ahead: readonly AheadItem[];
  /** What may still be taken back, the largest reward first. */
  readonly atRisk: readonly AtRiskItem[];
  /** What the refund asked about would cost whom; null: none was asked about. */
  readonly refund: RefundItem | null;
}

export const NEXT_PARAMETERS = ['plan', 'closeness', 'limit', 'refund', 'amount', 'minPosition'] as const;
const CLOSE = 50;
const USUAL = 50;
const MOST = 500;

/**
 * Leads that are close to a milestone of a plan and what they lack, and rewards that refunds may still take back. Throws `QUERY.*`,
 * `BONUS.PLAN_NOT_FOUND`, `BONUS.PAYMENT_NOT_FOUND` (404).
 */
export async function answerNext(side: ReadSide, rules: KnownRules, query: Query): Promise<NextAnswer> {
  refuseUnknown(query, NEXT_PARAMETERS);
  const planId = valueOf(query, 'plan')?.toLowerCase();
  if (planId === undefined) throw malformed('QUERY.MISSING', 'name a plan: plan=<id>');
  const closeness = (integerOf(query, 'closeness', 0, 100) ?? CLOSE) / 100;
  const limit = integerOf(query, 'limit', 1, MOST) ?? USUAL;
  const refund = refundOf(query, side.organisation.currency);
  const { warnings } = await pinViews(side, ACCOUNTS_PROCESSOR, positionOfQuery(query, 'minPosition'));
  const { eventStore, readStore } = side;
  const { currency, timeZone } = side.organisation;
  const upTo = await eventStore.head();
  const { knowledge } = await rules.current();
  if (!knowledge.plans.has(planId)) throw new DomainError('not-found', 'BONUS.PLAN_NOT_FOUND', 'there is no such plan');
  const plan = sightOf(knowledge, planId);
  const ahead: Ahead[] = [];
  const atRisk: AtRisk[] = [];
  let refunded: RefundItem | null = null;
  for await (const accounts of accountsOf(readStore, currency))
    for (const one of accounts) {
      const asked = refund !== null && hasPayment(one, refund.payment) ? refund : null;
      if (asked === null && !isClose(one, plan.versions, closeness)) continue;
      const context = { dayOf: knowledge.calendar.dayOf, currency };
      const leadId = one.leadId as Uuid; // documents are named by their leads
      const account = await readAccount(eventStore, leadId, upTo, context);
      const prospects = prospectsOf(plan.versions, account, plan.judging, plan.today);
      ahead.push(...prospects.ahead.filter(({ running, tier }) => running >= closeness * tier.threshold.minor));
      atRisk.push(...prospects.atRisk);
      if (asked !== null) refunded = refundItem(currency, plan, account, asked, upTo);
    }
  if (refund !== null && refunded === null)
    throw new DomainError('not-found', 'BONUS.PAYMENT_NOT_FOUND', 'no lead has such a payment');
  const money = (minor: number): MoneyText => moneyText({ minor, currency });
  return {
    asOf: await asOf(eventStore, upTo),
    ...{ timeZone, currency, plan: planId, warnings, refund: refunded },
    ahead: ahead
      .sort((a, b) => a.missing - b.missing || (a.leadId < b.leadId ? -1 : 1))
      .slice(0, limit)
      .map((item) => aheadItem(item, money)),
    atRisk: atRisk
      .sort((a, b) => b.reward - a.reward || (a.leadId < b.leadId ? -1 : 1))
      .slice(0, limit)
      .map((item) => atRiskItem(item, money)),
  };
}

interface PlanSight {
  readonly versions: readonly ActiveVersion[];
  readonly judging: Judging;
  readonly today: DayNumber;
}

const sightOf = (knowledge: Knowledge, planId: string): PlanSight => ({
  versions: activeVersions(knowledge, planId),
  judging: judgingBy(knowledge, planId, initialBonus),
  today: knowledge.calendar.dayOf(Date.now()),
});

/** Without touches and refunds: whether it is worth reading the whole lead. */
function isClose({ deals }: LeadAccount, versions: readonly ActiveVersion[], closeness: number): boolean {
  const revenue = deals.flatMap(({ payments }) => payments).reduce((sum, one) => sum + one.revenue, 0);
  return versions.some(({ terms }) => terms.tiers.some(({ threshold }) => revenue >= closeness * threshold.minor));
}

interface AskedRefund {
  readonly payment: string;
  /** Decimal text in the organisation's currency; null: all that is left of the payment. */
  readonly amount: string | null;
}

function refundOf(query: Query, currency: string): AskedRefund | null {
  const payment = valueOf(query, 'refund');
  const amount = valueOf(query, 'amount') ?? null;
  if (payment === undefined) {
    if (amount !== null) throw malformed('QUERY.MISSING', 'an amount needs a payment: refund=<payment id>');
    return null;
  }
  if (amount !== null) parseMoney({ amount, currency });
  return { payment: payment.toLowerCase(), amount };
}

const hasPayment = ({ deals }: LeadAccount, payment: string): boolean =>
  deals.some(({ payments }) => payments.some(({ paymentId }) => paymentId === payment));

/** The lead judged once more with a refund of today. */
function refundItem(
  currency: string,
  { versions, judging, today }: PlanSight,
  account: LeadAccount,
  asked: AskedRefund,
  upTo: Position,
): RefundItem {
  const deal = account.deals.find(({ payments }) => payments.some(({ paymentId }) => paymentId === asked.payment));
  const payment = deal?.payments.find(({ paymentId }) => paymentId === asked.payment);
  if (deal === undefined || payment === undefined)
    throw new DomainError('not-found', 'BONUS.PAYMENT_NOT_FOUND', 'no lead has such a payment');
  const left = payment.revenue - payment.refunds.reduce((sum, one) => sum + one.revenue, 0);
  const minor = asked.amount === null ? left : parseMoney({ amount: asked.amount, currency }).minor;
  if (minor > left)
    throw new DomainError(
      'unprocessable',
      'BONUS.REFUND_ABOVE_PAYMENT',
      `only ${moneyText({ minor: left, currency }).amount} of it is left`,
    );
  const refunded = withRefund(account, asked.payment, minor, {
    day: today,
    at: Date.now(),
    position: Number(upTo) + 1,
  });
  const [before, after] = [judge(versions, account, judging), judge(versions, refunded, judging)].map(byMember);
  const members = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].sort();
  return {
    lead: account.leadId,
    payment: asked.payment,
    amount: moneyText({ minor, currency }),
    members: members
      .map((member) => ({ member, minor: (after?.get(member) ?? 0) - (before?.get(member) ?? 0) }))
      .filter((one) => one.minor !== 0)
      .map(({ member, minor: difference }) => ({ member, difference: moneyText({ minor: difference, currency }) })),
  };
}

/** In the organisation's currency; costs are taken to stay. */
function withRefund(
  account: LeadAccount,
  paymentId: string,
  minor: number,
  when: { readonly at: number; readonly day: DayNumber; readonly position: number },
): LeadAccount {
  const refund = { ...when, eventId: 'refund', refundId: 'refund', revenue: minor };
  return {
    ...account,
    deals: account.deals.map((deal) => ({
      ...deal,
      payments: deal.payments.map((payment) =>
        payment.paymentId === paymentId
          ? { ...payment, refunds: [...payment.refunds, { ...refund, profit: payment.profit === null ? null : minor }] }
          : payment,
      ),
    })),
  };
}

function byMember(standings: readonly Standing[]): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const { members } of standings)
    for (const { member, minor } of members) sums.set(member, (sums.get(member) ?? 0) + minor);
  return sums;
}

function aheadItem(
  { leadId, tier, running, missing, obstacle, withoutCost }: Ahead,
  money: (minor: number) => MoneyText,
): AheadItem {
  const { reward } = tier;
  return {
    lead: leadId,
    tier: tier.id,
    reward: {
      kind: reward.kind,
      amount: reward.kind === 'fixed' ? moneyText(reward.amount) : null,
      percent: reward.kind === 'fixed' ? null : reward.percent,
    },
    threshold: moneyText(tier.threshold),
    reached: money(running),
    missing: money(missing),
    obstacle,
    withoutCost: money(withoutCost),
  };
}

const atRiskItem = (
  { leadId, tier, crossing, reward, members, until, cushion }: AtRisk,
  money: (minor: number) => MoneyText,
): AtRiskItem => ({
  ...{ lead: leadId, tier, crossing, reward: money(reward), until: dayText(until), cushion: money(cushion) },
  members: members.map(({ member, minor }) => ({ member, amount: money(minor) })),
});
