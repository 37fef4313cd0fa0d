import { asked, eur, happened, NOW, on, opened, specify, TO_EUR, usd } from '../../testing/deal-life.js';
import { advanceDeal } from './advance-deal.js';

const given = specify(advanceDeal).given([
  opened({ stage: 'prospecting' }),
  happened('deal.advanced', on(5), { stage: 'proposal', value: null, rate: null }),
]);

describe('AdvanceDeal', () => {
  it('moves an open deal to another stage', () => {
    given
      .when(asked({ stage: 'demo' }))
      .then([happened('deal.advanced', NOW, { stage: 'demo', value: null, rate: null })]);
  });

  it('takes a new value along', () => {
    given
      .when(asked({ stage: 'demo', value: usd(500), rate: TO_EUR }))
      .then([happened('deal.advanced', NOW, { stage: 'demo', value: usd(500), rate: TO_EUR })]);
    given
      .when(asked({ stage: 'proposal', value: eur(1) }))
      .then([happened('deal.advanced', NOW, { stage: 'proposal', value: eur(1), rate: null })]);
  });

  it('finds nothing to do in that stage at that moment with that value', () => {
    given.when(asked({ stage: 'proposal' })).thenNothing();
    given.when(asked({ stage: 'proposal', value: eur(100_000) })).thenNothing();
    given.when(asked({ stage: 'prospecting', occurredAt: on(2) })).thenNothing();
  });

  it('records late what happened earlier, and stays where it is', () => {
    const demo = happened('deal.advanced', on(3), { stage: 'demo', value: null, rate: null });
    given.when(asked({ stage: 'demo', occurredAt: on(3) })).then([demo]);
    specify(advanceDeal)
      .given([opened(), happened('deal.advanced', on(5), { stage: 'proposal', value: null, rate: null }), demo])
      .when(asked({ stage: 'proposal' }))
      .thenNothing();
  });

  it('refuses a value without a rate', () => {
    given.when(asked({ stage: 'demo', value: usd(500) })).thenRefused('MONEY.NO_RATE', 'unprocessable');
    given.when(asked({ stage: 'demo', rate: TO_EUR })).thenRefused('DEAL.RATE_WITHOUT_VALUE', 'malformed');
  });
});
