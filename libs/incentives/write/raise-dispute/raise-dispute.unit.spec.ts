import { asks, decided, disputed, FIONA, happened, MIA, specify } from '../../testing/statement-life.js';
import { raiseDispute } from './raise-dispute.js';

const input = { disputeId: 'd1', reason: 'Mine.' };
const ruled = happened(
  'statement.ruled',
  { disputeId: 'd1', upheld: false, reason: 'No.', bookedIn: '2026-03', currency: 'EUR', amounts: [] },
  FIONA,
);

describe('RaiseDispute', () => {
  it('is for the payee, also where nothing is stated, and for finance or a head in their name', () => {
    specify(raiseDispute, { statement: null })
      .given([])
      .when(asks(MIA, input))
      .then([decided(disputed())]);
    specify(raiseDispute)
      .given([])
      .when(asks(FIONA, input))
      .then([decided(disputed(FIONA))]);
    specify(raiseDispute)
      .given([])
      .when(asks({ id: 'max', team: 'marketing' }, input))
      .thenRefused('BONUS.NOT_YOURS', 'forbidden');
  });

  it('is nothing to do in the same words while it is open, and a new one after the ruling', () => {
    const again = asks(MIA, { ...input, disputeId: 'd2' });
    specify(raiseDispute).given([disputed()]).when(again).thenNothing();
    specify(raiseDispute)
      .given([disputed(), ruled])
      .when(again)
      .then([decided(happened('statement.disputed', { disputeId: 'd2', by: 'mia', reason: 'Mine.' }, MIA))]);
  });

  it('needs a plan and a member', () => {
    specify(raiseDispute, { planExists: false }).given([]).when(asks(MIA, input)).thenRefused('BONUS.PLAN_NOT_FOUND');
    specify(raiseDispute, { isKnown: false }).given([]).when(asks(MIA, input)).thenRefused('BONUS.UNKNOWN_MEMBER');
  });
});
