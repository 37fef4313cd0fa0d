import type { DealKind } from '#deals/events/deal-events.js';
import type { Team } from '#kernel/envelope.js';
import type { Money, Rate } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import { BUILT_IN, modelKey } from '#attribution/credit/model-version.js';
import { foldAccount, accountOf, noAccount, type AccountEvent } from '../earning/fold-account.js';
import type { LeadAccount } from '../earning/lead-account.js';
import { judge, type Judging } from '../earning/judge.js';
import type { ActiveVersion, Standing } from '../earning/standing.js';
import type { PlanTerms } from '../plan/terms.js';
import { at, eur, LEAD, PLAN, TERMS } from './book-life.js';

const MS_PER_DAY = 86_400_000;
export const dayOf = (moment: Instant): number => Math.floor(moment / MS_PER_DAY);

export const version = (terms: Partial<PlanTerms> = {}, number = 1): ActiveVersion => ({
  planId: PLAN,
  version: number,
  hash: `hash-${number}`,
  terms: { ...TERMS, ...terms },
  activeFrom: 0,
});

export interface TouchWords {
  readonly member?: string | null;
  readonly team?: Team | null;
  readonly campaign?: string | null;
  readonly channel?: string;
  readonly kind?: string;
  readonly automated?: boolean;
  /** Default: the next. */
  readonly position?: number;
}

export interface PaymentWords {
  readonly cost?: Money | null;
  readonly rate?: Rate;
  readonly position?: number;
}

/** A lead's events as a story: each line takes the next position unless it says another one. */
export class LeadLife {
  readonly events: AccountEvent[] = [];
  private last = 0;

  private tell(type: string, stream: string, day: string, data: unknown, position?: number): this {
    this.last = Math.max(this.last, position ?? 0) + (position === undefined ? 1 : 0);
    const place = position ?? this.last;
    this.events.push({
      eventId: `${type.split('.')[1] ?? ''}-${place}`,
      type,
      stream,
      position: place,
      occurredAt: at(day),
      data: () => data,
    });
    return this;
  }

  touch(day: string, words: TouchWords = {}): this {
    const { member = null, team = 'marketing', campaign = null, channel = 'email' } = words;
    const { kind = 'email', automated = false, position } = words;
    const touchId = `touch-${this.events.length}`;
    return this.tell(
      'lead.touched',
      `lead-${LEAD}`,
      day,
      { touchId, member, team, campaign, channel, kind, automated },
      position,
    );
  }
  annulTouch(day: string, touchId: string): this {
    return this.tell('lead.touch-annulled', `lead-${LEAD}`, day, { touchId });
  }
  deal(day: string, id = 'one', kind: DealKind = 'new'): this {
    return this.tell('deal.opened', `deal-${id}`, day, { kind });
  }
  /** Without cost unless it is said: profit is then the amount. */
  paid(day: string, amount: Money, paymentId: string, deal = 'one', words: PaymentWords = {}): this {
    const { cost = { minor: 0, currency: amount.currency }, rate = null, position } = words;
    return this.tell('deal.payment-received', `deal-${deal}`, day, { paymentId, amount, cost, rate }, position);
  }
  refunded(day: string, amount: Money, paymentId: string, deal = 'one', position?: number): this {
    const refundId = `refund-${this.events.length}`;
    return this.tell(
      'deal.payment-refunded',
      `deal-${deal}`,
      day,
      { paymentId, refundId, amount, costRecovered: null },
      position,
    );
  }
  paymentAnnulled(day: string, paymentId: string, deal = 'one'): this {
    return this.tell('deal.payment-annulled', `deal-${deal}`, day, { paymentId });
  }
  dealAnnulled(day: string, deal = 'one'): this {
    return this.tell('deal.annulled', `deal-${deal}`, day, {});
  }

  account(): LeadAccount {
    const inOrder = [...this.events].sort((a, b) => a.position - b.position);
    const context = { dayOf, currency: 'EUR' };
    return accountOf(
      inOrder.reduce((history, event) => foldAccount(history, event, context), noAccount(LEAD)),
      'EUR',
    );
  }
  judged(versions: readonly ActiveVersion[] = [version()], judging: Partial<Judging> = {}): readonly Standing[] {
    return judge(versions, this.account(), { ...JUDGING, ...judging });
  }
}

/** Whoever touched is paid, campaign or not. */
export const JUDGING: Judging = {
  dayOf,
  beneficiaries: ({ member }) =>
    member === null ? { through: 'pool', members: [] } : { through: 'actor', members: [member] },
  model: (name) => BUILT_IN.find((one) => modelKey(one) === name) ?? null,
  touchesUpTo: () => Infinity,
};

/** A lead that anna touched and whose deal was opened on 2026-01-10. */
export const touchedLead = (): LeadLife => new LeadLife().touch('2026-01-02', { member: 'anna' }).deal('2026-01-10');

/** The parts that most specs look at. */
export const told = (standings: readonly Standing[]) =>
  standings.map(({ tier, crossing, at: moment, version: { version: number }, reward, members, lapsed, reversed }) => ({
    tier,
    crossing,
    on: new Date(moment).toISOString().slice(0, 10),
    version: number,
    reward,
    members: Object.fromEntries(members.map(({ member, minor }) => [member, minor])),
    lapsed,
    reversedOn: reversed === null ? null : new Date(reversed.at).toISOString().slice(0, 10),
  }));

export { eur };
