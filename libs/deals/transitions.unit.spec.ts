import { DomainError } from '#kernel/errors.js';
import type { Asked } from './asked.js';
import type { DealState, DealStatus } from './deal.js';
import type { DealEvent } from './events/deal-events.js';
import {
  annulled,
  asked,
  dealAfter,
  eur,
  lost,
  opened,
  paid,
  paymentAnnulled,
  refunded,
  won,
} from './testing/deal-life.js';
import { advanceDeal } from './write/advance-deal/advance-deal.js';
import { amendDeal } from './write/amend-deal/amend-deal.js';
import { annulDeal } from './write/annul-deal/annul-deal.js';
import { annulPayment } from './write/annul-payment/annul-payment.js';
import { annulRefund } from './write/annul-refund/annul-refund.js';
import { assignDeal } from './write/assign-deal/assign-deal.js';
import { closeDeal } from './write/close-deal/close-deal.js';
import { recordPayment } from './write/record-payment/record-payment.js';
import { refundPayment } from './write/refund-payment/refund-payment.js';
import { reopenDeal } from './write/reopen-deal/reopen-deal.js';

/** A deal in each status, each with a payment to refund, one to annul and a refund to annul, except where the status forbids it. */
const PAYMENTS = [paid('p1', eur(100)), refunded('r1', 'p1', eur(10)), paid('p2', eur(50))];
const LIVES: Readonly<Record<DealStatus, readonly DealEvent[]>> = {
  none: [],
  open: [opened(), ...PAYMENTS],
  won: [opened(), ...PAYMENTS, won()],
  lost: [opened(), ...PAYMENTS, lost()],
  annulled: [opened(), paid('p1', eur(100)), paymentAnnulled('p1'), annulled()],
};
const UNPAID: Readonly<Record<DealStatus, readonly DealEvent[]>> = {
  ...LIVES,
  open: [opened()],
  won: [opened(), won()],
  lost: [opened(), lost()],
};

const ask =
  <Input>(decision: (asked: Asked<Input>, deal: DealState) => DealEvent[], input: Input) =>
  (deal: DealState): DealEvent[] =>
    decision(asked(input), deal);

const REFUSED = 'DEAL.TRANSITION_REFUSED';
const ELSE = 'DEAL.MEANS_SOMETHING_ELSE';
/** What each command does in each status: the event it leads to, nothing (the same again), or the code of the refusal. */
const TABLE: readonly [
  string,
  (deal: DealState) => DealEvent[],
  Readonly<Record<Exclude<DealStatus, 'none' | 'annulled'>, string>>,
  string?,
][] = [
  ['AdvanceDeal', ask(advanceDeal, { stage: 'demo' }), { open: 'deal.advanced', won: REFUSED, lost: REFUSED }],
  ['AmendDeal', ask(amendDeal, { product: 'GTX' }), { open: 'deal.amended', won: 'deal.amended', lost: REFUSED }],
  [
    'AssignDeal',
    ask(assignDeal, { owner: 'ada', team: null }),
    { open: 'deal.assigned', won: 'deal.assigned', lost: REFUSED },
  ],
  ['CloseDeal as won', ask(closeDeal, { outcome: 'won' }), { open: 'deal.won', won: 'nothing', lost: ELSE }],
  [
    'CloseDeal as lost',
    ask(closeDeal, { outcome: 'lost', reason: 'price' }),
    { open: 'deal.lost', won: ELSE, lost: 'nothing' },
  ],
  ['ReopenDeal', ask(reopenDeal, {}), { open: REFUSED, won: 'deal.reopened', lost: 'deal.reopened' }],
  [
    'AnnulDeal with payments',
    ask(annulDeal, {}),
    { open: 'DEAL.HAS_PAYMENTS', won: 'DEAL.HAS_PAYMENTS', lost: 'DEAL.HAS_PAYMENTS' },
    'nothing',
  ],
  [
    'RecordPayment',
    ask(recordPayment, { paymentId: 'p3', amount: eur(1) }),
    { open: 'deal.payment-received', won: 'deal.payment-received', lost: REFUSED },
  ],
  [
    'RefundPayment',
    ask(refundPayment, { refundId: 'r2', paymentId: 'p1', amount: eur(1) }),
    { open: 'deal.payment-refunded', won: 'deal.payment-refunded', lost: 'deal.payment-refunded' },
  ],
  [
    'AnnulPayment',
    ask(annulPayment, { paymentId: 'p2' }),
    { open: 'deal.payment-annulled', won: 'deal.payment-annulled', lost: 'deal.payment-annulled' },
  ],
  [
    'AnnulRefund',
    ask(annulRefund, { refundId: 'r1', paymentId: 'p1' }),
    { open: 'deal.refund-annulled', won: 'deal.refund-annulled', lost: 'deal.refund-annulled' },
  ],
];

describe('The transitions of a deal', () => {
  describe.each(TABLE)('%s', (_, decide, expected, whenAnnulled = 'DEAL.ANNULLED') => {
    it.each(Object.entries({ none: 'DEAL.NOT_FOUND', ...expected, annulled: whenAnnulled }))(
      'on a deal that is %s: %s',
      (status, result) => {
        expect(outcome(() => decide(dealAfter(LIVES[status as DealStatus])))).toBe(result); // a key of the table
      },
    );
  });

  it.each(['open', 'won', 'lost'] as const)('AnnulDeal on a deal that is %s and has no payment', (status) => {
    expect(outcome(() => annulDeal(asked({}), dealAfter(UNPAID[status])))).toBe('deal.annulled');
  });
});

function outcome(attempt: () => readonly DealEvent[]): string {
  try {
    return attempt()[0]?.type ?? 'nothing';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}
