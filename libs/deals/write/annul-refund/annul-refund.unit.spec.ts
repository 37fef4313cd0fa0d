import { asked, eur, happened, NOW, opened, paid, refundAnnulled, refunded, specify } from '../../testing/deal-life.js';
import { annulRefund } from './annul-refund.js';

const REFUNDED = [opened(), paid('p', eur(100)), refunded('r', 'p', eur(40))];

describe('AnnulRefund', () => {
  it('takes a refund entered in error back', () => {
    specify(annulRefund)
      .given(REFUNDED)
      .when(asked({ refundId: 'r', paymentId: 'p', reason: 'another payment' }))
      .then([happened('deal.refund-annulled', NOW, { refundId: 'r', paymentId: 'p', reason: 'another payment' })]);
  });

  it('finds nothing to do when it was annulled for the same reason, and refuses another one', () => {
    const before = specify(annulRefund).given([...REFUNDED, refundAnnulled('r', 'p')]);
    before.when(asked({ refundId: 'r', paymentId: 'p' })).thenNothing();
    before
      .when(asked({ refundId: 'r', paymentId: 'p', reason: 'x' }))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('refuses a refund or payment that is not there', () => {
    const before = specify(annulRefund).given([...REFUNDED, paid('q', eur(1))]);
    before.when(asked({ refundId: 'x', paymentId: 'p' })).thenRefused('REFUND.NOT_FOUND', 'not-found');
    before.when(asked({ refundId: 'r', paymentId: 'q' })).thenRefused('REFUND.NOT_FOUND', 'not-found');
    before.when(asked({ refundId: 'r', paymentId: 'x' })).thenRefused('PAYMENT.NOT_FOUND', 'not-found');
  });
});
