import {
  approved,
  asks,
  decided,
  drafted,
  FIONA,
  FRED,
  happened,
  HANNA,
  MIA,
  specify,
} from '../../testing/statement-life.js';
import { payStatement } from './pay-statement.js';

const paid = happened(
  'statement.paid',
  { hash: 'h1', amount: 10_000, currency: 'EUR', on: '2026-04-15', reference: 'SEPA 7' },
  FIONA,
);
const input = { on: '2026-04-15', reference: 'SEPA 7' };

describe('PayStatement', () => {
  it('is finance saying that all that was approved is paid', () => {
    specify(payStatement)
      .given([drafted(), approved()])
      .when(asks(FIONA, input))
      .then([decided(paid)]);
  });

  it('is of today where no day is named', () => {
    specify(payStatement)
      .given([drafted(), approved()])
      .when(asks(FIONA, { reference: 'SEPA 7' }))
      .then([decided({ ...paid, data: { ...paid.data, on: '2026-04-20' } } as typeof paid)]); // only the day differs
  });

  it('is not for who approved it, who gets it, or another team', () => {
    const after = specify(payStatement).given([drafted(), approved(FRED)]);
    after.when(asks(FRED, input)).thenRefused('BONUS.OWN_APPROVAL', 'forbidden');
    after.when(asks(MIA, input, ['finance'])).thenRefused('BONUS.OWN_STATEMENT', 'forbidden');
    after.when(asks(HANNA, input)).thenRefused('BONUS.ROLE', 'forbidden');
  });

  it('refuses what is not approved, has nothing to pay, or is paid already', () => {
    specify(payStatement).given([drafted()]).when(asks(FIONA, input)).thenRefused('BONUS.NOT_APPROVED', 'refused');
    specify(payStatement)
      .given([drafted(), approved(HANNA, 0)])
      .when(asks(FIONA, input))
      .thenRefused('BONUS.NOTHING_TO_PAY', 'refused');
    const before = specify(payStatement).given([drafted(), approved(), paid]);
    before.when(asks(FIONA, input)).thenNothing();
    before.when(asks(FIONA, { reference: 'SEPA 7' })).thenNothing();
    before.when(asks(FIONA, { ...input, on: '2026-04-16' })).thenRefused('BONUS.PAID', 'refused');
  });
});
