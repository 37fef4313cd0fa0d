import { asks, decided, FIONA, happened, HANNA, MIA, specify, STATEMENT } from '../../testing/statement-life.js';
import { writeOffDebt } from './write-off-debt.js';

const owes = { statement: { ...STATEMENT, total: -800, payable: 0, closing: -800 }, isMember: false };
const writtenOff = (amount: number) =>
  happened('statement.debt-written-off', { amount, currency: 'EUR', reason: 'Gone.' }, FIONA);
const eur = (minor: number, currency = 'EUR') => ({ minor, currency });

describe('WriteOffDebt', () => {
  const debt = specify(writeOffDebt, owes).given([]);

  it('gives up all that somebody owes who left, or a part', () => {
    debt.when(asks(FIONA, { reason: 'Gone.' })).then([decided(writtenOff(800))]);
    debt.when(asks(FIONA, { reason: 'Gone.', amount: eur(300) })).then([decided(writtenOff(300))]);
  });

  it('is for finance, and not for oneself', () => {
    debt.when(asks(HANNA, { reason: 'Gone.' })).thenRefused('BONUS.ROLE', 'forbidden');
    debt.when(asks(MIA, { reason: 'Gone.' }, ['finance'])).thenRefused('BONUS.OWN_STATEMENT', 'forbidden');
  });

  it('refuses where nothing is owed, more than that, and while the member is there', () => {
    debt.when(asks(FIONA, { reason: 'Gone.', amount: eur(801) })).thenRefused('BONUS.MORE_THAN_OWED', 'refused');
    debt.when(asks(FIONA, { reason: 'Gone.', amount: eur(0) })).thenRefused('BONUS.BAD_AMOUNT', 'malformed');
    debt.when(asks(FIONA, { reason: 'Gone.', amount: eur(1, 'USD') })).thenRefused('BONUS.CURRENCY', 'unprocessable');
    specify(writeOffDebt, { ...owes, isMember: true })
      .given([])
      .when(asks(FIONA, { reason: 'Gone.' }))
      .thenRefused('BONUS.STILL_A_MEMBER', 'refused');
    specify(writeOffDebt, { ...owes, statement: null })
      .given([])
      .when(asks(FIONA, { reason: 'Gone.' }))
      .thenRefused('BONUS.NO_DEBT', 'refused');
  });
});
