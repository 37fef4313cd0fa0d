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
  specify,
  TO_EUR,
  usd,
  won,
} from '../../testing/deal-life.js';
import { recordPayment, type RecordPayment } from './record-payment.js';

const when = (input: Partial<RecordPayment>) =>
  specify(recordPayment)
    .given([opened(), won()])
    .when(asked({ paymentId: 'p', amount: eur(100), ...input }));
const received = {
  paymentId: 'p',
  amount: eur(100),
  tax: null,
  cost: null,
  costBasis: null,
  rate: null,
  reference: null,
} as const;

describe('RecordPayment', () => {
  it('records money received', () => {
    when({ occurredAt: on(6) }).then([happened('deal.payment-received', on(6), received)]);
  });

  it('keeps tax, cost with its basis, and reference', () => {
    when({ tax: eur(19), cost: eur(0), reference: 'INV-1' }).then([
      happened('deal.payment-received', NOW, {
        ...received,
        tax: eur(19),
        cost: eur(0),
        costBasis: 'given',
        reference: 'INV-1',
      }),
    ]);
  });

  it('keeps the rate of another currency, whose cost may be in either', () => {
    for (const cost of [usd(40), eur(40)]) {
      when({ amount: usd(100), rate: TO_EUR, cost }).then([
        happened('deal.payment-received', NOW, {
          ...received,
          amount: usd(100),
          rate: TO_EUR,
          cost,
          costBasis: 'given',
        }),
      ]);
    }
  });

  it('drops a rate that is not needed', () => {
    when({ rate: TO_EUR }).then([happened('deal.payment-received', NOW, received)]);
  });

  it('refuses another currency without a rate to the one of the organisation', () => {
    when({ amount: usd(100) }).thenRefused('MONEY.NO_RATE', 'unprocessable');
    when({ amount: usd(100), rate: { ...TO_EUR, to: 'GBP' } }).thenRefused('MONEY.NO_RATE', 'unprocessable');
  });

  it.each([0, -1])('refuses an amount of %i', (minor) => {
    when({ amount: eur(minor) }).thenRefused('PAYMENT.AMOUNT_NOT_POSITIVE', 'malformed');
  });

  it('refuses negative or foreign tax and cost', () => {
    when({ tax: eur(-1) }).thenRefused('PAYMENT.NEGATIVE_TAX', 'malformed');
    when({ cost: eur(-1) }).thenRefused('PAYMENT.NEGATIVE_COST', 'malformed');
    when({ tax: usd(1) }).thenRefused('PAYMENT.OTHER_CURRENCY', 'malformed');
    when({ cost: usd(1) }).thenRefused('PAYMENT.OTHER_CURRENCY', 'malformed');
  });

  it('finds nothing to do when the same payment is there, even on a deal that was lost since', () => {
    const input = { paymentId: 'p', amount: eur(100) };
    specify(recordPayment)
      .given([opened(), paid('p', eur(100))])
      .when(asked(input))
      .thenNothing();
    specify(recordPayment)
      .given([opened(), paid('p', eur(100)), lost()])
      .when(asked(input))
      .thenNothing();
  });

  it('refuses an id that another payment has or an annulled one had', () => {
    const before = [opened(), paid('p', eur(100))];
    const input = { paymentId: 'p', amount: eur(100) };
    specify(recordPayment)
      .given(before)
      .when(asked({ ...input, amount: eur(99) }))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    specify(recordPayment)
      .given(before)
      .when(asked({ ...input, occurredAt: on(3) }))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    specify(recordPayment)
      .given([...before, paymentAnnulled('p')])
      .when(asked(input))
      .thenRefused('PAYMENT.ANNULLED', 'refused');
  });
});
