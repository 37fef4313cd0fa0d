import { currencyDigits, type Money } from '#kernel/money.js';
import type { Actor } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { DealKind, RefundKind } from '#deals/events/deal-events.js';
import type { Decided } from './scene.js';
import { advanceDeal } from '#deals/write/advance-deal/advance-deal.js';
import { amendDeal } from '#deals/write/amend-deal/amend-deal.js';
import { annulPayment } from '#deals/write/annul-payment/annul-payment.js';
import { closeDeal } from '#deals/write/close-deal/close-deal.js';
import { openDeal } from '#deals/write/open-deal/open-deal.js';
import { recordPayment } from '#deals/write/record-payment/record-payment.js';
import { refundPayment } from '#deals/write/refund-payment/refund-payment.js';
import { reopenDeal } from '#deals/write/reopen-deal/reopen-deal.js';
import { reviewLead } from '#leads/write/review-lead/review-lead.js';
import { DAY, END, FINANCE, HOUR, MINUTE } from './company.js';
import { assign, someone, tell, workingTime, type Telling } from './telling.js';
import { meeting } from './plan-touches.js';

/** A first deal, through its stages to its end. Gives the moment it was lost, null when it was not. */
export function dealIntents(telling: Telling, qualifiedAt: Instant, pass: number): Instant | null {
  const { random, segment, channel } = telling;
  const openedAt = workingTime(random, qualifiedAt + random.exponential(2 * DAY) + 30 * MINUTE);
  const closer = someone(telling, 'closer', openedAt);
  if (random.chance(0.6)) assign(telling, closer, openedAt - 5 * MINUTE, closer);
  const value = random.logNormal(segment.value, 0.6);
  const key = open(telling, openedAt, closer, 'new', value);
  const closedAt = workingTime(random, openedAt + Math.max(0.5 * DAY, random.logNormal(segment.cycle, 0.7) * DAY));
  stages(telling, key, closer, openedAt, closedAt, value);
  const next = random.next();
  const win = Math.min(0.8, channel.win * 1.35 + (pass > 1 ? 0.05 : 0));
  if (next < win) {
    won(telling, key, closer, openedAt, closedAt, value);
    return null;
  }
  if (next > 0.9) return null;
  return lost(telling, key, closer, closedAt);
}

function open(telling: Telling, at: Instant, closer: Actor, kind: DealKind, value: number): number {
  const { random, currency } = telling;
  const key = telling.deals++;
  const input = {
    kind,
    stage: 'discovery',
    value: amount(value, currency),
    expectedCloseOn: dayOf(at + random.whole(20, 90) * DAY),
  };
  tell(telling, closer, at, (scene, ask) => {
    const standing = { id: scene.leadId, stage: scene.lead.stage, pass: scene.lead.pass };
    const { events, reopensLead } = openDeal(ask.deal({ ...input, lead: scene.leadId }), scene.deal(key), {
      lead: standing,
      owner: { owner: closer.id, team: closer.team },
    });
    // Nobody in this story opens a deal on a lead that was given back.
    return { deal: key, events: reopensLead ? [] : events };
  });
  return key;
}

function stages(
  telling: Telling,
  key: number,
  closer: Actor,
  openedAt: Instant,
  closedAt: Instant,
  value: number,
): void {
  const { random, currency } = telling;
  const days = closedAt - openedAt;
  meeting(telling, closer, openedAt + days * 0.15, 'demo');
  if (random.chance(0.85)) {
    onDeal(telling, closer, openedAt + days * 0.35, key, (deal, ask) => advanceDeal(ask({ stage: 'proposal' }), deal));
    if (random.chance(0.5)) meeting(telling, closer, openedAt + days * 0.5, 'meeting');
    if (random.chance(0.65)) {
      const better = random.chance(0.3) ? amount(value * (0.75 + random.next() * 0.4), currency) : null;
      onDeal(telling, closer, openedAt + days * 0.7, key, (deal, ask) =>
        advanceDeal(ask({ stage: 'negotiation', value: better }), deal),
      );
    }
  }
  if (random.chance(0.15)) {
    const expectedCloseOn = dayOf(closedAt + random.whole(5, 40) * DAY);
    onDeal(telling, closer, openedAt + days * 0.8, key, (deal, ask) =>
      amendDeal(ask({ expectedCloseOn, reason: null }), deal),
    );
  }
}

function won(telling: Telling, key: number, closer: Actor, openedAt: Instant, at: Instant, value: number): void {
  const { random, currency } = telling;
  const agreed = amount(value * (0.85 + random.next() * 0.2), currency);
  // Back-dated: entered on the day after, with the day of the signature.
  onDeal(
    telling,
    closer,
    at,
    key,
    (deal, ask) => closeDeal(ask({ outcome: 'won', value: agreed }), deal),
    random.chance(0.1) ? random.exponential(1.5 * DAY) : 0,
  );
  if (random.chance(0.3)) outcomeReview(telling, closer, at + random.exponential(4 * DAY), true);
  if (random.chance(0.015)) {
    // They withdrew within days: the win is taken back, and the deal is lost.
    onDeal(telling, closer, at + 6 * DAY, key, (deal, ask) =>
      reopenDeal(ask({ reason: 'the customer withdrew' }), deal),
    );
    onDeal(telling, closer, at + 6 * DAY + HOUR, key, (deal, ask) =>
      closeDeal(ask({ outcome: 'lost', reason: 'no-decision' }), deal),
    );
    return;
  }
  if (random.chance(0.96)) payments(telling, key, at, agreed);
  if (random.chance(0.16))
    follows(telling, 'expansion', at + 60 * DAY + random.exponential(90 * DAY), value * 0.45, closer);
  if (random.chance(0.55))
    follows(telling, 'renewal', openedAt + 340 * DAY + random.exponential(15 * DAY), value, closer);
}

/** A later deal of a customer. */
function follows(telling: Telling, kind: DealKind, from: Instant, value: number, closer: Actor): void {
  const { random, currency, segment } = telling;
  const openedAt = workingTime(random, from);
  if (openedAt >= END) return;
  const who = someone(telling, 'closer', openedAt);
  const key = open(telling, openedAt, random.chance(0.7) ? closer : who, kind, value);
  const closedAt = workingTime(random, openedAt + random.exponential(segment.cycle * 0.6 * DAY) + DAY);
  if (random.chance(kind === 'renewal' ? 0.82 : 0.55)) {
    const agreed = amount(value, currency);
    onDeal(telling, closer, closedAt, key, (deal, ask) => closeDeal(ask({ outcome: 'won', value: agreed }), deal));
    payments(telling, key, closedAt, agreed);
  } else lost(telling, key, closer, closedAt);
}

function lost(telling: Telling, key: number, closer: Actor, at: Instant): Instant {
  const { random } = telling;
  const reason = random.pick([
    'competitor',
    'no-decision',
    'no-decision',
    'price',
    'price',
    'missing-feature',
    'timing',
    'champion-left',
  ] as const);
  onDeal(telling, closer, at, key, (deal, ask) => closeDeal(ask({ outcome: 'lost', reason }), deal));
  if (random.chance(0.25)) outcomeReview(telling, closer, at + random.exponential(4 * DAY), false);
  return at;
}

/** One payment or several; some are entered twice by mistake, some are given back. */
function payments(telling: Telling, key: number, wonAt: Instant, agreed: Money): void {
  const { random } = telling;
  const parts = random.weighted([
    { weight: 60, parts: 1 },
    { weight: 25, parts: 3 },
    { weight: 15, parts: 4 },
  ]).parts;
  const margin = random.chance(0.92) ? 0.35 + random.next() * 0.3 : null;
  for (let part = 0; part < parts; part++) {
    const paidAt = workingTime(random, wonAt + 10 * DAY + random.exponential(8 * DAY) + part * 90 * DAY);
    const each = { minor: Math.max(1, Math.floor(agreed.minor / parts)), currency: agreed.currency };
    payment(
      telling,
      key,
      paidAt,
      each,
      margin === null ? null : { ...each, minor: Math.round(each.minor * (1 - margin)) },
    );
  }
}

function payment(telling: Telling, key: number, at: Instant, money: Money, cost: Money | null): void {
  const { random } = telling;
  const tax = { ...money, minor: Math.round(money.minor * 0.19) };
  const enteredAfter = random.exponential(1.2 * DAY);
  let paymentId = '';
  const receive = (occurredAt: Instant, after: number, note: (id: string) => void): void =>
    tell(
      telling,
      FINANCE,
      occurredAt,
      (scene, ask) => {
        note(scene.thingId);
        return {
          deal: key,
          events: recordPayment(ask.deal({ paymentId: scene.thingId, amount: money, tax, cost }), scene.deal(key)),
        };
      },
      after,
    );
  receive(at, enteredAfter, (id) => (paymentId = id));
  if (random.chance(0.015)) {
    let twice = '';
    receive(at, enteredAfter + 5 * MINUTE, (id) => (twice = id));
    onDeal(telling, FINANCE, at + enteredAfter + DAY, key, (deal, ask) =>
      annulPayment(ask({ paymentId: twice, reason: 'entered twice' }), deal),
    );
  }
  if (!random.chance(0.05)) return;
  const kind: RefundKind = random.pick(['refund', 'refund', 'credit-note', 'chargeback', 'bounced'] as const);
  const whole = kind === 'chargeback' || kind === 'bounced' || random.chance(0.3);
  const share = whole ? 1 : 0.1 + random.next() * 0.4;
  const given = { ...money, minor: Math.max(1, Math.floor(money.minor * share)) };
  const costRecovered = cost === null || !whole ? null : { ...cost, minor: Math.floor(cost.minor * 0.8) };
  tell(
    telling,
    FINANCE,
    workingTime(random, at + enteredAfter + 5 * DAY + random.exponential(25 * DAY)),
    (scene, ask) => ({
      deal: key,
      events: refundPayment(
        ask.deal({ refundId: scene.thingId, paymentId, kind, amount: given, costRecovered }),
        scene.deal(key),
      ),
    }),
    random.exponential(DAY),
  );
}

function outcomeReview(telling: Telling, closer: Actor, at: Instant, good: boolean): void {
  const { random } = telling;
  const input = {
    phase: 'outcome' as const,
    quality: good ? random.whole(3, 5) : random.whole(1, 4),
    needs: [],
    challenges: [],
    helped: good ? [random.pick(['fast-answer', 'right-content', 'reference-customer', 'trial'] as const)] : [],
    wentWrong: good
      ? []
      : [random.pick(['slow-follow-up', 'wrong-expectation', 'price-too-late', 'no-decider'] as const)],
    note: null,
  };
  tell(telling, closer, at, (scene, ask) => ({ lead: reviewLead(ask.lead(input), scene.lead) }));
}

type DealDecision = (
  deal: Parameters<typeof closeDeal>[1],
  ask: Parameters<Parameters<typeof tell>[3]>[1]['deal'],
) => Extract<Decided, { deal: number }>['events'];

function onDeal(
  telling: Telling,
  actor: Actor,
  at: Instant,
  key: number,
  decide: DealDecision,
  enteredAfter = 0,
): void {
  tell(telling, actor, at, (scene, ask) => ({ deal: key, events: decide(scene.deal(key), ask.deal) }), enteredAfter);
}

const dayOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10);

const amount = (units: number, currency: string): Money => ({
  minor: Math.round(units) * 10 ** currencyDigits(currency),
  currency,
});
