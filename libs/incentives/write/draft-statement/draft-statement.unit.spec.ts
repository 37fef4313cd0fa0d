import {
  approved,
  asks,
  decided,
  drafted,
  FIONA,
  HANNA,
  MIA,
  specify,
  STATEMENT,
} from '../../testing/statement-life.js';
import { draftStatement } from './draft-statement.js';

describe('DraftStatement', () => {
  it('says what the ledger says now', () => {
    specify(draftStatement)
      .given([])
      .when(asks(FIONA, {}))
      .then([decided(drafted())]);
  });

  it('is nothing to do while the ledger says the same, and another draft when it says something else', () => {
    specify(draftStatement).given([drafted()]).when(asks(HANNA, {})).thenNothing();
    specify(draftStatement)
      .given([drafted(FIONA, 'h0')])
      .when(asks(HANNA, {}))
      .then([decided(drafted())]);
  });

  it('is for finance and heads, and for whoever asks where there are no keys', () => {
    specify(draftStatement).given([]).when(asks(MIA, {})).thenRefused('BONUS.ROLE', 'forbidden');
    const anonymous = { ...asks({ id: 'anonymous', team: 'system' }, {}), authenticated: false };
    specify(draftStatement)
      .given([])
      .when(anonymous)
      .then([
        decided({ ...drafted(), data: { ...drafted().data, authenticated: false } } as ReturnType<typeof drafted>),
      ]); // only one field differs
  });

  it('refuses what is approved, and where there is nothing to state', () => {
    const other = { ...STATEMENT, hash: 'h2' };
    specify(draftStatement, { statement: other })
      .given([drafted(), approved()])
      .when(asks(FIONA, {}))
      .thenRefused('BONUS.APPROVED', 'refused');
    specify(draftStatement, { statement: null }).given([]).when(asks(FIONA, {})).thenRefused('BONUS.NO_STATEMENT');
    specify(draftStatement, { planExists: false }).given([]).when(asks(FIONA, {})).thenRefused('BONUS.PLAN_NOT_FOUND');
  });
});
