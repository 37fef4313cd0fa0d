import type { Team } from '#kernel/envelope.js';
import { dayText, parseInstant, type Instant } from '#kernel/time.js';
import type { BonusEvent } from '../events/bonus-events.js';
import type { BonusPlanEvent, MemberAmount } from '../events/bonus-plan-events.js';
import type { BonusPeriodEvent, StatementEvent } from '../events/statement-events.js';
import type { PlanTerms } from '../plan/terms.js';
import type { BookEvent } from '../statements/bonus-book.js';
import { foldBook } from '../statements/fold-book.js';
import { statementOf, statementsOf } from '../statements/statements-of.js';
import type { Statement } from '../statements/statement.js';

export const PLAN = 'a3f10000-0000-4000-8000-000000000001';
export const LEAD = '7d444840-9dc0-11d1-b245-5ffdce74fad2';

/** 1,000.00 EUR of profit pay 100.00 EUR, to whom events say. */
export const TERMS: PlanTerms = {
  name: 'Marketing 2026',
  effectiveFrom: '2026-01-01',
  effectiveTo: null,
  grain: 'month',
  basis: 'profit',
  tiers: [
    {
      id: 'first',
      threshold: eur(1000_00),
      reward: { kind: 'fixed', amount: eur(100_00) },
      replace: false,
    },
  ],
  dealKinds: ['new'],
  countsFrom: 'firstPayment',
  withinMonths: null,
  split: { kind: 'attribution', model: 'linear@1' },
  pool: [],
  caps: { perPersonAndPeriod: null, perPlanAndPeriod: null, carryOver: false },
  clawbackMonths: 12,
  earnOn: { moment: 'crossing' },
  payees: { team: 'marketing' },
  teamPool: null,
  signatories: { marketing: 'hanna', sales: 'henry', finance: 'fiona' },
  note: null,
};

export function eur(minor: number): { readonly minor: number; readonly currency: string } {
  return { minor, currency: 'EUR' };
}

export const at = (text: string): Instant => parseInstant(text.length === 10 ? `${text}T12:00:00Z` : text) ?? 0;

export interface Crossing {
  readonly tier?: string;
  readonly crossing?: number;
  readonly lead?: string;
  readonly version?: number;
  /** Default: of the day. */
  readonly period?: string;
  readonly lapsed?: number;
}

/** A ledger's bonus events as a story; every line of it takes the next position. Reads what statements say of it. */
export class BookLife {
  readonly events: BookEvent[] = [];

  get position(): number {
    return this.events.at(-1)?.position ?? 0;
  }

  joined(member: string, team: Team = 'marketing', on = '2025-01-01'): this {
    return this.happened('member.joined', at(on), { handle: member, team, role: 'member', manager: null, aliases: [] });
  }

  left(member: string, on: string): this {
    return this.happened('member.left', at(on), { handle: member });
  }

  plan(terms: Partial<PlanTerms> = {}, version = 1): this {
    const whole = { ...TERMS, ...terms };
    const hash = hashOf(version);
    this.said('bonusplan.drafted', '2026-01-01', { planId: PLAN, version, terms: whole, hash });
    for (const as of ['marketing', 'sales', 'finance'] as const)
      this.said('bonusplan.signed', '2026-01-01', {
        planId: PLAN,
        version,
        hash,
        as,
        member: whole.signatories[as],
        authenticated: true,
      });
    return this;
  }

  accepted(member: string, on = '2026-01-01', version = 1): this {
    return this.said('bonusplan.accepted', on, {
      planId: PLAN,
      version,
      hash: hashOf(version),
      member,
      authenticated: true,
    });
  }

  pool(period: string, on: string, amounts: Readonly<Record<string, number>>): this {
    return this.said('bonusplan.pool-evaluated', on, {
      planId: PLAN,
      version: 1,
      hash: hashOf(1),
      period,
      metric: 'newPayingCustomers',
      value: '12',
      target: '10',
      met: true,
      knownTo: this.position,
      members: membersOf(amounts),
    });
  }

  reached(on: string, amounts: Readonly<Record<string, number>>, crossing: Crossing = {}): this {
    const members = membersOf(amounts);
    const lapsed = crossing.lapsed ?? 0;
    return this.said('bonus.milestone-reached', on, {
      ...this.judged(on, crossing),
      at: at(on),
      basis: 'profit',
      threshold: 1000_00,
      running: 1200_00,
      reward: members.reduce((sum, { minor }) => sum + minor, lapsed),
      members,
      lapsed,
      counted: ['payment-1'],
      touches: [{ eventId: 'touch-1', weight: 1, through: 'owner', members: members.map(({ member }) => member) }],
    });
  }

  /** Amounts as they were given; they are taken back. */
  reversed(on: string, amounts: Readonly<Record<string, number>>, crossing: Crossing = {}): this {
    return this.said('bonus.milestone-reversed', on, {
      ...this.judged(on, crossing),
      at: at(on),
      because: 'refund',
      running: 900_00,
      members: membersOf(amounts).map(({ member, minor }) => ({ member, minor: -minor })),
      lapsed: 0,
      caused: ['refund-1'],
    });
  }

  adjusted(on: string, amounts: Readonly<Record<string, number>>, crossing: Crossing = {}): this {
    return this.said('bonus.adjusted', on, {
      ...this.judged(on, crossing),
      at: at(on),
      because: 'payment',
      running: 1300_00,
      reward: 0,
      members: membersOf(amounts),
      lapsed: 0,
      caused: ['payment-2'],
    });
  }

  drafted(member: string, period: string, on = dayAfter(period)): this {
    const { opening, total, payable, hash } = this.statement(member, period);
    return this.said('statement.drafted', on, {
      ...{ planId: PLAN, member, period, opening, total, payable, hash, currency: 'EUR' },
      upTo: this.position,
      authenticated: true,
    });
  }

  approved(member: string, period: string, upTo = this.position, on = dayAfter(period)): this {
    const { payable, hash } = this.statement(member, period);
    return this.said('statement.approved', on, {
      ...{ planId: PLAN, member, period, upTo, hash, payable, currency: 'EUR', authenticated: true },
    });
  }

  paid(member: string, period: string, on = dayAfter(period)): this {
    const { payable, hash } = this.statement(member, period);
    return this.said('statement.paid', on, {
      ...{ planId: PLAN, member, period, hash, amount: payable, currency: 'EUR' },
      on,
      reference: null,
      authenticated: true,
    });
  }

  disputed(member: string, period: string, disputeId = 'd1', on = dayAfter(period)): this {
    return this.said('statement.disputed', on, {
      ...{ planId: PLAN, member, period, disputeId, by: member, reason: 'The webinar was mine.', authenticated: true },
    });
  }

  ruled(
    member: string,
    period: string,
    bookedIn: string,
    amounts: Readonly<Record<string, number>>,
    disputeId = 'd1',
  ): this {
    return this.said('statement.ruled', dayAfter(period), {
      ...{ planId: PLAN, member, period, disputeId, bookedIn, upheld: true, reason: 'It was.', currency: 'EUR' },
      amounts: membersOf(amounts),
      authenticated: true,
    });
  }

  writtenOff(member: string, period: string, amount: number): this {
    return this.said('statement.debt-written-off', dayAfter(period), {
      ...{ planId: PLAN, member, period, amount, currency: 'EUR', reason: 'Left, and owes little.' },
      authenticated: true,
    });
  }

  closed(period: string): this {
    return this.said('bonusperiod.closed', dayAfter(period), { period, authenticated: true });
  }

  /** An empty one where there is nothing to state. */
  statement(member: string, period: string): Statement {
    return statementOf(this.book(), PLAN, member, period) ?? { ...EMPTY, member, period };
  }

  statements(): Statement[] {
    return statementsOf(this.book());
  }

  book() {
    return foldBook(this.events);
  }

  happened(type: string, occurredAt: Instant, data: unknown, actor = 'fiona'): this {
    const position = this.position + 10;
    const eventId = `e${String(position).padStart(6, '0')}`;
    this.events.push({ eventId, type, position, occurredAt, stream: streamOf(type, data), actor, data });
    return this;
  }

  private said<Type extends AnyEvent['type']>(
    type: Type,
    on: string,
    data: Extract<AnyEvent, { readonly type: Type }>['data'],
  ): this {
    return this.happened(type, at(on), data);
  }

  private judged(on: string, { tier = 'first', crossing = 1, lead = LEAD, version = 1, period }: Crossing) {
    return {
      planId: PLAN,
      leadId: lead,
      tier,
      crossing,
      planVersion: version,
      planHash: hashOf(version),
      upTo: this.position,
      knownTo: this.position,
      period: period ?? on.slice(0, 7),
      currency: 'EUR',
    };
  }
}

/** Enough to tell streams apart; whoever records the events for real names them himself. */
function streamOf(type: string, data: unknown): string {
  const { handle, planId, leadId, period } = data as Record<string, string | undefined>; // of this story's own events
  if (type.startsWith('member.')) return `member-${handle}`;
  if (type.startsWith('bonusplan.')) return `bonusplan-${planId}`;
  if (type.startsWith('bonus.')) return `bonus-${planId}.${leadId}`;
  return `${type.split('.')[0]}-${period}`;
}

type AnyEvent = BonusPlanEvent | BonusEvent | StatementEvent | BonusPeriodEvent;

/** A life with a plan that mia and max have accepted. */
export const withPlan = (terms: Partial<PlanTerms> = {}): BookLife =>
  new BookLife().joined('mia').joined('max').plan(terms).accepted('mia').accepted('max');

export const hashOf = (version: number): string => `hash-${version}`;

const membersOf = (amounts: Readonly<Record<string, number>>): MemberAmount[] =>
  Object.entries(amounts).map(([member, minor]) => ({ member, minor }));

const dayAfter = (period: string): string =>
  dayText(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5)), 5) / 86_400_000);

const EMPTY: Omit<Statement, 'member' | 'period'> = {
  planId: PLAN,
  currency: 'EUR',
  status: 'open',
  upTo: 0,
  opening: 0,
  lines: [],
  total: 0,
  payable: 0,
  closing: 0,
  openDisputes: 0,
  hash: '',
};
