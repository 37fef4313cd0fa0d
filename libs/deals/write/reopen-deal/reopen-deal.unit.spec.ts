import { asked, happened, lost, NOW, on, opened, reopened, specify, won } from '../../testing/deal-life.js';
import { reopenDeal } from './reopen-deal.js';

describe('ReopenDeal', () => {
  it.each([
    ['won', won()],
    ['lost', lost()],
  ])('takes a %s close back', (_, close) => {
    specify(reopenDeal)
      .given([opened(), close])
      .when(asked({ reason: 'closed by mistake' }))
      .then([happened('deal.reopened', NOW, { reason: 'closed by mistake' })]);
  });

  it('finds nothing to do when the same reopening was recorded last', () => {
    const given = specify(reopenDeal).given([opened(), won(5), reopened(6)]);
    given.when(asked({})).thenNothing();
    given.when(asked({ occurredAt: on(6) })).thenNothing();
  });

  it('refuses to mean another reason or another moment', () => {
    const given = specify(reopenDeal).given([opened(), won(5), reopened(6)]);
    given.when(asked({ reason: 'why not' })).thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
    given.when(asked({ occurredAt: on(7) })).thenRefused('DEAL.MEANS_SOMETHING_ELSE', 'refused');
  });

  it('refuses a deal that was never closed', () => {
    specify(reopenDeal).given([opened()]).when(asked({})).thenRefused('DEAL.TRANSITION_REFUSED', 'refused');
  });
});
