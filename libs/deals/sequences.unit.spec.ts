import fc from 'fast-check';
import { DomainError } from '#kernel/errors.js';
import { convertMoney, convertParts, type Rate } from '#kernel/money.js';
import { dealAfter, LEAD, on, SALES, TO_EUR, asked } from './testing/deal-life.js';
import type { DealState } from './deal.js';
import type { DealEvent } from './events/deal-events.js';
import { refundedMinor, standingPayments, standingRefunds } from './payments.js';
import { LOSS_REASONS } from './reasons.js';
import { advanceDeal } from './write/advance-deal/advance-deal.js';
import { amendDeal } from './write/amend-deal/amend-deal.js';
import { annulDeal } from './write/annul-deal/annul-deal.js';
import { annulPayment } from './write/annul-payment/annul-payment.js';
import { annulRefund } from './write/annul-refund/annul-refund.js';
import { assignDeal } from './write/assign-deal/assign-deal.js';
import { closeDeal } from './write/close-deal/close-deal.js';
import { openDeal } from './write/open-deal/open-deal.js';
import { recordPayment } from './write/record-payment/record-payment.js';
import { refundPayment } from './write/refund-payment/refund-payment.js';
import { reopenDeal } from './write/reopen-deal/reopen-deal.js';

/** A command with its name, for counterexamples that can be read. */
interface Step {
  readonly command: string;
  readonly input: unknown;
  readonly decide: (deal: DealState) => readonly DealEvent[];
}

const step = <Input>(
  command: string,
  inputs: fc.Arbitrary<Input>,
  decide: (input: Input, deal: DealState) => readonly DealEvent[],
): fc.Arbitrary<Step> => inputs.map((input) => ({ command, input, decide: (deal) => decide(input, deal) }));

const when = fc.option(fc.integer({ min: 1, max: 12 }).map(on), { nil: undefined });
const note = fc.constantFrom(null, 'words');
const amount = fc.record({ minor: fc.integer({ min: 1, max: 300 }), currency: fc.constantFrom('EUR', 'USD') });
const worth = fc.record({ value: fc.option(amount, { nil: null }) }).map(({ value }) => ({ value, ...rateOf(value) }));
const paymentId = fc.constantFrom('p1', 'p2');
const back = amount.map(({ minor, currency }) => ({ minor: Math.ceil(minor / 3), currency }));
const refundId = fc.constantFrom('r1', 'r2', 'r3');

function rateOf(value: { currency: string } | null): { rate?: Rate } {
  return value?.currency === 'USD' ? { rate: TO_EUR } : {};
}

const opening = step(
  'OpenDeal',
  fc.record({ occurredAt: when, stage: fc.constantFrom('open', 'demo') }),
  (input, deal) => {
    const facts = { lead: { id: LEAD, stage: 'sql', pass: 1 }, owner: { owner: 'sam', team: 'sales' } } as const;
    return openDeal(asked({ ...input, lead: LEAD }), deal, facts).events;
  },
);
// Money comes often and the end seldom, else most of a sequence would be refused.
const seldom = [
  opening,
  step(
    'AmendDeal',
    fc.tuple(worth, fc.record({ occurredAt: when, product: fc.constantFrom(null, 'GTX') })),
    ([a, b], deal) => amendDeal(asked({ ...a, ...b }), deal),
  ),
  step('AssignDeal', fc.record({ occurredAt: when, owner: fc.constantFrom('sam', 'ada', null) }), (input, deal) =>
    assignDeal(asked({ ...input, team: 'sales' }), deal),
  ),
  step(
    'AdvanceDeal',
    fc.tuple(worth, fc.record({ occurredAt: when, stage: fc.constantFrom('demo', 'proposal') })),
    ([a, b], deal) => advanceDeal(asked({ ...a, ...b }), deal),
  ),
  step('CloseDeal as won', fc.tuple(worth, fc.record({ occurredAt: when, note })), ([a, b], deal) =>
    closeDeal(asked({ outcome: 'won', ...a, ...b }), deal),
  ),
  step(
    'CloseDeal as lost',
    fc.record({ occurredAt: when, note: fc.constant('words'), reason: fc.constantFrom(...LOSS_REASONS) }),
    (input, deal) => closeDeal(asked({ outcome: 'lost', ...input }), deal),
  ),
  step('ReopenDeal', fc.record({ occurredAt: when, reason: note }), (input, deal) => reopenDeal(asked(input), deal)),
  step('AnnulDeal', fc.record({ occurredAt: when, reason: note }), (input, deal) => annulDeal(asked(input), deal)),
];
const often = [
  step('RecordPayment', fc.record({ occurredAt: when, paymentId, amount }), (input, deal) =>
    recordPayment(asked({ ...input, ...rateOf(input.amount) }), deal),
  ),
  step('AnnulPayment', fc.record({ occurredAt: when, paymentId, reason: note }), (input, deal) =>
    annulPayment(asked(input), deal),
  ),
  step('RefundPayment', fc.record({ occurredAt: when, paymentId, refundId, amount: back }), (input, deal) =>
    refundPayment(asked(input), deal),
  ),
  step('AnnulRefund', fc.record({ occurredAt: when, paymentId, refundId, reason: note }), (input, deal) =>
    annulRefund(asked(input), deal),
  ),
];
const anyStep = fc.oneof(
  ...seldom.map((arbitrary) => ({ weight: 1, arbitrary })),
  ...often.map((arbitrary) => ({ weight: 4, arbitrary })),
);

/** Runs the steps in order; what is refused leaves nothing. Calls back after every command that was not refused. */
function live(
  steps: readonly Step[],
  after: (step: Step, decided: readonly DealEvent[], events: readonly DealEvent[]) => void,
): void {
  let events: readonly DealEvent[] = [];
  for (const step of steps) {
    const decided = attempt(() => step.decide(dealAfter(events)));
    if (decided === null) continue;
    events = [...events, ...decided];
    after(step, decided, events);
  }
}

// Opening comes first, else most sequences would be refused as a whole.
const anyLife = fc
  .tuple(opening, fc.array(anyStep, { maxLength: 40, size: 'max' }))
  .map(([first, rest]) => [first, ...rest]);

const check = (property: (steps: readonly Step[]) => void): void =>
  fc.assert(fc.property(anyLife, property), { numRuns: 400 });

describe('Any sequence of deal commands', () => {
  it('records nothing when a command is run again at once', () => {
    check((steps) => {
      live(steps, (step, _, events) => expect(step.decide(dealAfter(events))).toEqual([]));
    });
  });

  it('never refunds more than was paid', () => {
    check((steps) => {
      live(steps, (_step, _decided, events) => {
        for (const payment of dealAfter(events).payments) {
          const back = refundedMinor(payment);
          expect(back).toBeLessThanOrEqual(payment.annulled === null ? payment.data.amount.minor : 0);
          for (const { data } of payment.refunds) expect(data.amount.currency).toBe(payment.data.amount.currency);
        }
      });
    });
  });

  it('leaves at most one close standing, and the state says which', () => {
    check((steps) => {
      live(steps, (_step, _decided, events) => {
        const turns = events.filter(({ type }) =>
          ['deal.won', 'deal.lost', 'deal.reopened', 'deal.annulled'].includes(type),
        );
        let closes = 0;
        for (const { type } of turns) {
          closes += type === 'deal.reopened' ? -1 : type === 'deal.annulled' ? 0 : 1;
          expect([0, 1]).toContain(closes);
        }
        const last = turns.at(-1)?.type ?? 'deal.reopened';
        expect(`deal.${dealAfter(events).status}`).toBe(last === 'deal.reopened' ? 'deal.open' : last);
      });
    });
  });

  it('ends with the annulment, and no payment stands then', () => {
    check((steps) => {
      live(steps, (_step, decided, events) => {
        const end = events.findIndex(({ type }) => type === 'deal.annulled');
        if (end === -1) return;
        expect(events).toHaveLength(end + 1);
        expect(decided.length === 0 || decided[0]?.type === 'deal.annulled').toBe(true);
        expect(standingPayments(dealAfter(events).payments)).toEqual([]);
      });
    });
  });

  it('adds up to what a naive reading of its events gives', () => {
    check((steps) => {
      live(steps, (_step, _decided, events) => {
        const { payments } = dealAfter(events);
        const standing = standingPayments(payments);
        const paid = sumOf(standing.map(({ data }) => data.amount.minor));
        const back = sumOf(standing.flatMap(standingRefunds).map(({ data }) => data.amount.minor));
        expect({ paid, back }).toEqual(naiveTotals(events));
      });
    });
  });

  it('nets a payment that was refunded in full to exactly 0 in the currency of the organisation', () => {
    check((steps) => {
      live(steps, (_step, _decided, events) => {
        for (const payment of standingPayments(dealAfter(events).payments)) {
          const { amount: paid, rate } = payment.data;
          const refunds = convertParts(
            standingRefunds(payment).map(({ data }) => data.amount),
            rate,
            'EUR',
          );
          const net = convertMoney(paid, rate, 'EUR').minor - sumOf(refunds.map(({ minor }) => minor));
          expect(net).toBeGreaterThanOrEqual(0);
          if (refundedMinor(payment) === paid.minor) expect(net).toBe(0);
        }
      });
    });
  });

  it('carries its lead and pass in every envelope', () => {
    check((steps) => {
      live(steps, (_step, decided) => {
        for (const event of decided) expect([event.leadId, event.pass, SALES.team]).toEqual([LEAD, 1, 'sales']);
      });
    });
  });

  it('reaches every kind of event: the sequences are not empty talk', () => {
    const seen = new Set<string>();
    check((steps) => {
      live(steps, (_step, decided) => decided.forEach(({ type }) => seen.add(type)));
    });
    expect(seen.size).toBe(12);
  });
});

function attempt(decide: () => readonly DealEvent[]): readonly DealEvent[] | null {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

function naiveTotals(events: readonly DealEvent[]): { paid: number; back: number } {
  const paid = new Map<string, number>();
  const back = new Map<string, number>();
  for (const { type, data } of events) {
    if (type === 'deal.payment-received') paid.set(data.paymentId, data.amount.minor);
    if (type === 'deal.payment-annulled') paid.delete(data.paymentId);
    if (type === 'deal.payment-refunded') back.set(data.refundId, data.amount.minor);
    if (type === 'deal.refund-annulled') back.delete(data.refundId);
  }
  return { paid: sumOf([...paid.values()]), back: sumOf([...back.values()]) };
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
