import {
  annulled,
  asked,
  eur,
  happened,
  NOW,
  opened,
  paid,
  paymentAnnulled,
  refunded,
  specify,
  won,
} from '../../testing/deal-life.js';
import { annulDeal } from './annul-deal.js';

describe('AnnulDeal', () => {
  it('takes a deal out for good', () => {
    specify(annulDeal)
      .given([opened(), won()])
      .when(asked({ reason: 'wrong lead' }))
      .then([happened('deal.annulled', NOW, { reason: 'wrong lead' })]);
  });

  it('is refused while a payment stands, a refunded one included', () => {
    specify(annulDeal)
      .given([opened(), paid('p', eur(100))])
      .when(asked({}))
      .thenRefused('DEAL.HAS_PAYMENTS', 'refused');
    specify(annulDeal)
      .given([opened(), paid('p', eur(100)), refunded('r', 'p', eur(100))])
      .when(asked({}))
      .thenRefused('DEAL.HAS_PAYMENTS', 'refused');
  });

  it('is possible once every payment is annulled', () => {
    specify(annulDeal)
      .given([opened(), paid('p', eur(100)), paymentAnnulled('p')])
      .when(asked({}))
      .then([happened('deal.annulled', NOW, { reason: null })]);
  });

  it('finds nothing to do when it was annulled for the same reason, and refuses another one', () => {
    specify(annulDeal).given([opened(), annulled()]).when(asked({})).thenNothing();
    specify(annulDeal)
      .given([opened(), annulled()])
      .when(asked({ reason: 'another' }))
      .thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
  });
});
