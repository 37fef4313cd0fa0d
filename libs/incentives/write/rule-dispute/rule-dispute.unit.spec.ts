import { asks, decided, disputed, FIONA, FRED, happened, HANNA, MIA, specify } from '../../testing/statement-life.js';
import { ruleDispute } from './rule-dispute.js';

const eur = (minor: number, currency = 'EUR') => ({ minor, currency });
const amounts = [
  { member: 'mia', amount: eur(500) },
  { member: 'max', amount: eur(-500) },
];
const input = { disputeId: 'd1', upheld: true, reason: 'It was hers.', amounts };
const ruled = happened(
  'statement.ruled',
  {
    disputeId: 'd1',
    upheld: true,
    reason: 'It was hers.',
    bookedIn: '2026-04',
    currency: 'EUR',
    amounts: [
      { member: 'mia', minor: 500 },
      { member: 'max', minor: -500 },
    ],
  },
  HANNA,
);
const after = specify(ruleDispute, { bookedIn: '2026-04' }).given([disputed()]);

describe('RuleDispute', () => {
  it('moves amounts between all whom it concerns, in the period that is open', () => {
    after.when(asks(HANNA, input)).then([decided(ruled)]);
  });

  it('is not for the payee, who raised it, who gets something, or anybody else', () => {
    after.when(asks(MIA, input, ['head'])).thenRefused('BONUS.OWN_STATEMENT', 'forbidden');
    after.when(asks({ id: 'max', team: 'marketing' }, input, ['head'])).thenRefused('BONUS.OWN_RULING', 'forbidden');
    after.when(asks({ id: 'sam', team: 'sales' }, input)).thenRefused('BONUS.ROLE', 'forbidden');
    specify(ruleDispute)
      .given([disputed(FIONA)])
      .when(asks(FIONA, input))
      .thenRefused('BONUS.OWN_DISPUTE', 'forbidden');
  });

  it('is once: the same ruling again is nothing to do, another one is refused', () => {
    const before = specify(ruleDispute).given([disputed(), ruled]);
    before.when(asks(FRED, input)).thenNothing();
    before.when(asks(FRED, { ...input, reason: 'No.' })).thenRefused('BONUS.RULED', 'refused');
  });

  it('refuses amounts that make no sense', () => {
    after.when(asks(HANNA, { ...input, upheld: false })).thenRefused('BONUS.AMOUNTS_WITHOUT_RULING', 'malformed');
    const twice = [...amounts, { member: 'mia', amount: eur(1) }];
    after.when(asks(HANNA, { ...input, amounts: twice })).thenRefused('BONUS.MEMBER_TWICE', 'malformed');
    const nobody = [{ member: 'nobody', amount: eur(1) }];
    after.when(asks(HANNA, { ...input, amounts: nobody })).thenRefused('BONUS.UNKNOWN_MEMBER', 'not-found');
    const dollars = [{ member: 'mia', amount: eur(1, 'USD') }];
    after.when(asks(HANNA, { ...input, amounts: dollars })).thenRefused('BONUS.CURRENCY', 'unprocessable');
    after.when(asks(HANNA, { ...input, disputeId: 'd9' })).thenRefused('BONUS.DISPUTE_NOT_FOUND', 'not-found');
  });
});
