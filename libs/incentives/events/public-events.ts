import { DEAL_KINDS } from '#deals/events/deal-events.js';
import { instantText, type Instant } from '#kernel/time.js';
import type { PublicEvents } from '#publishing/public-event.js';
import {
  day,
  flag,
  id,
  list,
  money,
  oneOf,
  optional,
  orNull,
  personal,
  record,
  text,
  whole,
  withheld,
  type Shape,
} from '#publishing/shape.js';
import {
  BASES,
  SIGNATORIES,
  type Caps,
  type MemberShare,
  type PlanTerms,
  type Reward,
  type Signatory,
  type Split,
  type TeamPool,
  type Tier,
} from '../plan/terms.js';
import type { BonusEvent, TouchShare } from './bonus-events.js';
import type { BonusPlanEvent, MemberAmount } from './bonus-plan-events.js';
import type { BonusPeriodEvent, StatementEvent } from './statement-events.js';

/** Positions are opaque to others, and text wherever they are published. */
const position: Shape<number> = { schema: { type: 'string' }, copy: (stored) => String(stored) };

const moment: Shape<Instant> = { schema: { type: 'string', format: 'date-time' }, copy: instantText };

const amounts = list(record<MemberAmount>({ member: text, minor: whole }));
const shares = list(record<MemberShare>({ member: text, weight: whole }));

/** Which members there are follows from `kind`. */
const reward = record<{ kind: Reward['kind']; amount?: Tier['threshold']; percent?: string }>({
  kind: oneOf(['fixed', 'share', 'ongoing']),
  amount: optional(money),
  percent: optional(text),
}) as Shape<Reward>; // the union's members, told apart by `kind`

const split = record<{ kind: Split['kind']; model?: string; shares?: readonly MemberShare[] }>({
  kind: oneOf(['attribution', 'fixed']),
  model: optional(text),
  shares: optional(shares),
}) as Shape<Split>; // likewise

const earnOn = record<{ moment: PlanTerms['earnOn']['moment']; daysAfterPeriod?: number }>({
  moment: oneOf(['crossing', 'payday']),
  daysAfterPeriod: optional(whole),
}) as Shape<PlanTerms['earnOn']>; // likewise, by `moment`

const payees = record<{ team?: 'marketing'; members?: readonly string[] }>({
  team: optional(oneOf(['marketing'])),
  members: optional(list(text)),
}) as Shape<PlanTerms['payees']>; // one of the two

const terms = record<PlanTerms>({
  name: text,
  effectiveFrom: day,
  effectiveTo: orNull(day),
  grain: oneOf(['month', 'quarter']),
  basis: oneOf(BASES),
  tiers: list(record<Tier>({ id: text, threshold: money, reward, replace: flag })),
  dealKinds: list(oneOf(DEAL_KINDS)),
  countsFrom: oneOf(['firstPayment', 'effectiveDate']),
  withinMonths: orNull(whole),
  split,
  pool: shares,
  caps: record<Caps>({ perPersonAndPeriod: orNull(money), perPlanAndPeriod: orNull(money), carryOver: flag }),
  clawbackMonths: whole,
  earnOn,
  payees,
  teamPool: orNull(record<TeamPool>({ metric: text, target: text, amount: money, shares })),
  signatories: record<Record<Signatory, string>>({ marketing: text, sales: text, finance: text }),
  note: withheld('free text'),
});

const judged = {
  planId: id,
  leadId: id,
  tier: text,
  crossing: whole,
  planVersion: whole,
  planHash: text,
  upTo: position,
  knownTo: position,
  period: text,
  currency: text,
};

const touches = list(
  record<TouchShare>({
    eventId: id,
    weight: { schema: { type: 'number' }, copy: (stored) => stored },
    through: oneOf(['owner', 'actor', 'pool']),
    members: list(text),
  }),
);

const statement = { planId: id, member: text, period: text };
const version = { planId: id, version: whole, hash: text };

/** What others may know of plans, what was earned under them, and what was paid. Amounts without a currency beside them are minor units. */
export const INCENTIVE_PUBLIC_EVENTS = {
  'bonusplan.drafted': {
    version: 1,
    summary: 'A plan for bonuses has a next version, which nobody has signed yet.',
    fields: { ...version, terms },
  },
  'bonusplan.signed': {
    version: 1,
    summary: 'A head signed the exact content of a version; the last signature makes it active.',
    fields: { ...version, as: oneOf(SIGNATORIES), member: text, authenticated: flag },
  },
  'bonusplan.accepted': {
    version: 1,
    summary: 'A payee accepts the exact content of a version.',
    fields: { ...version, member: text, authenticated: flag },
  },
  'bonusplan.ended': {
    version: 1,
    summary: 'A plan ends.',
    fields: { planId: id, on: day, reason: personal },
  },
  'bonusplan.pool-evaluated': {
    version: 1,
    summary: 'Whether the figure of both teams met its target in a period, and what that changes for its members.',
    fields: {
      ...version,
      period: text,
      metric: text,
      value: orNull(text),
      target: text,
      met: flag,
      knownTo: position,
      members: amounts,
    },
  },
  'bonus.milestone-reached': {
    version: 1,
    summary: 'A lead reached a milestone; the reward is split over whoever touched it.',
    fields: {
      ...judged,
      at: moment,
      basis: oneOf(BASES),
      threshold: whole,
      running: whole,
      reward: whole,
      members: amounts,
      lapsed: whole,
      counted: list(text),
      touches,
    },
  },
  'bonus.milestone-reversed': {
    version: 1,
    summary: 'A milestone was taken back by refunds or corrections, and its reward with it.',
    fields: {
      ...judged,
      at: moment,
      because: oneOf(['refund', 'correction']),
      running: whole,
      members: amounts,
      lapsed: whole,
      caused: list(text),
    },
  },
  'bonus.adjusted': {
    version: 1,
    summary: 'The reward of a milestone, or its split, is another one now; the differences are given.',
    fields: {
      ...judged,
      at: moment,
      because: oneOf(['payment', 'refund', 'correction', 'touches']),
      running: whole,
      reward: whole,
      members: amounts,
      lapsed: whole,
      caused: list(text),
      touches: optional(touches),
    },
  },
  'statement.drafted': {
    version: 1,
    summary: 'What a plan owes a member for a period, as the ledger says up to a position.',
    fields: {
      ...statement,
      upTo: position,
      opening: whole,
      total: whole,
      payable: whole,
      currency: text,
      hash: text,
      authenticated: flag,
    },
  },
  'statement.approved': {
    version: 1,
    summary: 'A statement is approved and never changes again.',
    fields: { ...statement, upTo: position, hash: text, payable: whole, currency: text, authenticated: flag },
  },
  'statement.paid': {
    version: 1,
    summary: 'What a statement owes was paid.',
    fields: {
      ...statement,
      hash: text,
      amount: whole,
      currency: text,
      on: day,
      reference: withheld('free text of a bank transfer, which may name a person'),
      authenticated: flag,
    },
  },
  'statement.disputed': {
    version: 1,
    summary: 'Somebody disputes a statement.',
    fields: { ...statement, disputeId: text, by: text, reason: personal, authenticated: flag },
  },
  'statement.ruled': {
    version: 1,
    summary: 'A dispute is ruled on; what that gives and takes is booked in an open period.',
    fields: {
      ...statement,
      disputeId: text,
      upheld: flag,
      reason: personal,
      bookedIn: text,
      currency: text,
      amounts,
      authenticated: flag,
    },
  },
  'statement.debt-written-off': {
    version: 1,
    summary: 'What somebody who left owes will not be paid back.',
    fields: { ...statement, amount: whole, currency: text, reason: personal, authenticated: flag },
  },
  'bonusperiod.closed': {
    version: 1,
    summary: 'A period is closed for all plans, and never opened again.',
    fields: { period: text, authenticated: flag },
  },
} satisfies PublicEvents<BonusPlanEvent | BonusEvent | StatementEvent | BonusPeriodEvent>;
