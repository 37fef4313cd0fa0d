import {
  asked,
  eur,
  happened,
  NOW,
  opened,
  paid,
  paymentAnnulled,
  refundAnnulled,
  refunded,
  specify,
} from '../../testing/deal-life.js';
import { annulPayment } from './annul-payment.js';

const paidOnce = [opened(), paid('p', eur(100))];

describe('AnnulPayment', () => {
  it('takes a payment entered in error back', () => {
    specify(annulPayment)
      .given(paidOnce)
      .when(asked({ paymentId: 'p', reason: 'booked twice' }))
      .then([happened('deal.payment-annulled', NOW, { paymentId: 'p', reason: 'booked twice' })]);
  });

  it('is refused while a refund of it stands', () => {
    const withRefund = [...paidOnce, refunded('r', 'p', eur(40))];
    specify(annulPayment)
      .given(withRefund)
      .when(asked({ paymentId: 'p' }))
      .thenRefused('PAYMENT.REFUNDED', 'refused');
    specify(annulPayment)
      .given([...withRefund, refundAnnulled('r', 'p')])
      .when(asked({ paymentId: 'p' }))
      .then([happened('deal.payment-annulled', NOW, { paymentId: 'p', reason: null })]);
  });

  it('finds nothing to do when it was annulled for the same reason, and refuses another one', () => {
    const before = specify(annulPayment).given([...paidOnce, paymentAnnulled('p')]);
    before.when(asked({ paymentId: 'p' })).thenNothing();
    before.when(asked({ paymentId: 'p', reason: 'another' })).thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('refuses a payment that is not there', () => {
    specify(annulPayment)
      .given(paidOnce)
      .when(asked({ paymentId: 'q' }))
      .thenRefused('PAYMENT.NOT_FOUND', 'not-found');
  });
});
