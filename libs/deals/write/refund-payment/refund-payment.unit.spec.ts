import type { DealEvent } from '../../events/deal-events.js';
import {
  asked,
  eur,
  happened,
  lost,
  NOW,
  on,
  opened,
  paid,
  paymentAnnulled,
  refundAnnulled,
  refunded,
  specify,
  TO_EUR,
  usd,
} from '../../testing/deal-life.js';
import { refundPayment, type RefundPayment } from './refund-payment.js';

const PAID = [opened(), paid('p', eur(100), { cost: eur(60), costBasis: 'given' })];
const when = (input: Partial<RefundPayment>, given: readonly DealEvent[] = PAID) =>
  specify(refundPayment)
    .given(given)
    .when(asked({ refundId: 'r', paymentId: 'p', amount: eur(40), ...input }));
const data = {
  refundId: 'r',
  paymentId: 'p',
  kind: 'refund',
  amount: eur(40),
  costRecovered: null,
  reason: null,
} as const;

describe('RefundPayment', () => {
  it('gives a part or the whole of a payment back', () => {
    when({ occurredAt: on(8) }).then([happened('deal.payment-refunded', on(8), data)]);
    when({ kind: 'chargeback', amount: eur(100), costRecovered: eur(60), reason: 'returned' }).then([
      happened('deal.payment-refunded', NOW, {
        ...data,
        kind: 'chargeback',
        amount: eur(100),
        costRecovered: eur(60),
        reason: 'returned',
      }),
    ]);
  });

  it('is possible on a deal that was lost since', () => {
    when({}, [...PAID, lost()]).then([happened('deal.payment-refunded', NOW, data)]);
  });

  it('never gives back more than was paid, all refunds that stand together', () => {
    const halfBack = [...PAID, refunded('x', 'p', eur(61))];
    when({ amount: eur(101) }).thenRefused('REFUND.EXCEEDS_PAYMENT', 'refused');
    when({}, halfBack).thenRefused('REFUND.EXCEEDS_PAYMENT', 'refused');
    when({ amount: eur(39) }, halfBack).then([happened('deal.payment-refunded', NOW, { ...data, amount: eur(39) })]);
    when({}, [...halfBack, refundAnnulled('x', 'p')]).then([happened('deal.payment-refunded', NOW, data)]);
  });

  it('never recovers more cost than there was', () => {
    when({ costRecovered: eur(61) }).thenRefused('REFUND.EXCEEDS_COST', 'refused');
    when({ costRecovered: eur(20) }, [...PAID, refunded('x', 'p', eur(1), { costRecovered: eur(41) })]).thenRefused(
      'REFUND.EXCEEDS_COST',
    );
    when({ costRecovered: eur(1) }, [opened(), paid('p', eur(100))]).thenRefused('REFUND.EXCEEDS_COST', 'refused');
  });

  it('is in the currency of its payment and needs no rate of its own', () => {
    const inDollars = [opened(), paid('p', usd(100), { rate: TO_EUR, cost: usd(5), costBasis: 'given' })];
    when({ amount: usd(100), costRecovered: usd(5) }, inDollars).then([
      happened('deal.payment-refunded', NOW, { ...data, amount: usd(100), costRecovered: usd(5) }),
    ]);
    when({ amount: eur(1) }, inDollars).thenRefused('REFUND.OTHER_CURRENCY', 'malformed');
    when({ amount: usd(1), costRecovered: eur(1) }, inDollars).thenRefused('REFUND.OTHER_CURRENCY', 'malformed');
  });

  it.each([0, -1])('refuses an amount of %i', (minor) => {
    when({ amount: eur(minor) }).thenRefused('REFUND.AMOUNT_NOT_POSITIVE', 'malformed');
  });

  it('refuses a negative cost', () => {
    when({ costRecovered: eur(-1) }).thenRefused('REFUND.NEGATIVE_COST', 'malformed');
  });

  it('refuses a payment that is annulled or not there', () => {
    when({}, [...PAID, paymentAnnulled('p')]).thenRefused('PAYMENT.ANNULLED', 'refused');
    when({ paymentId: 'q' }).thenRefused('PAYMENT.NOT_FOUND', 'not-found');
  });

  it('finds nothing to do when the same refund is there', () => {
    when({}, [...PAID, refunded('r', 'p', eur(40))]).thenNothing();
    when({ amount: eur(100) }, [...PAID, refunded('r', 'p', eur(100))]).thenNothing();
  });

  it('refuses an id that another refund has or an annulled one had', () => {
    const before = [...PAID, refunded('r', 'p', eur(40))];
    when({ amount: eur(41) }, before).thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    when({ paymentId: 'q' }, [...before, paid('q', eur(100))]).thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    when({}, [...before, refundAnnulled('r', 'p')]).thenRefused('REFUND.ANNULLED', 'refused');
  });
});
