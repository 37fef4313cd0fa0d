import { asked, eur, happened, NOW, on, opened, specify, TO_EUR, usd, won } from '../../testing/deal-life.js';
import { amendDeal, type AmendDeal } from './amend-deal.js';

const when = (input: AmendDeal) =>
  specify(amendDeal)
    .given([opened({ product: 'GTX Pro' })])
    .when(asked(input));

describe('AmendDeal', () => {
  it('records only what differs', () => {
    when({ product: 'GTX Pro', expectedCloseOn: '2026-06-01', reason: 'as agreed' }).then([
      happened('deal.amended', NOW, { expectedCloseOn: '2026-06-01', reason: 'as agreed' }),
    ]);
  });

  it('takes away what is null and leaves alone what is left out', () => {
    when({ product: null }).then([happened('deal.amended', NOW, { product: null, reason: null })]);
    when({ value: null }).then([happened('deal.amended', NOW, { value: null, rate: null, reason: null })]);
  });

  it('finds nothing to do when all is so already', () => {
    when({ value: eur(100_000), product: 'GTX Pro', expectedCloseOn: null, reason: 'again' }).thenNothing();
    when({}).thenNothing();
  });

  it('records value and rate together', () => {
    when({ value: usd(500), rate: TO_EUR }).then([
      happened('deal.amended', NOW, { value: usd(500), rate: TO_EUR, reason: null }),
    ]);
    when({ value: eur(1), rate: TO_EUR }).then([
      happened('deal.amended', NOW, { value: eur(1), rate: null, reason: null }),
    ]);
  });

  it('keeps the rate of a value that stays in its currency, and takes another one for the same value', () => {
    const inDollars = specify(amendDeal).given([opened({ value: usd(500), rate: TO_EUR })]);
    inDollars
      .when(asked({ value: usd(700) }))
      .then([happened('deal.amended', NOW, { value: usd(700), rate: TO_EUR, reason: null })]);
    const newer = { ...TO_EUR, value: '0.95' };
    inDollars
      .when(asked({ rate: newer }))
      .then([happened('deal.amended', NOW, { value: usd(500), rate: newer, reason: null })]);
    inDollars.when(asked({ rate: TO_EUR })).thenNothing();
  });

  it('works on a won deal', () => {
    specify(amendDeal)
      .given([opened(), won()])
      .when(asked({ value: eur(5), occurredAt: on(3) }))
      .then([happened('deal.amended', on(3), { value: eur(5), rate: null, reason: null })]);
  });

  it('refuses a value without a rate, a rate without a value, and a negative value', () => {
    when({ value: usd(500) }).thenRefused('MONEY.NO_RATE', 'unprocessable');
    when({ value: null, rate: TO_EUR }).thenRefused('DEAL.RATE_WITHOUT_VALUE', 'malformed');
    when({ value: eur(-1) }).thenRefused('DEAL.NEGATIVE_VALUE', 'malformed');
  });
});
