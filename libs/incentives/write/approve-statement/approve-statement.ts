import { refused } from '#kernel/errors.js';
import { assertCapacity, forbidden, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { StatementEvent } from '../../events/statement-events.js';
import { assertOver, keyOf, statementEvent, statementIn } from '../../statements/statement-event.js';
import type { StatementSight } from '../../statements/statement-sight.js';
import type { StatementState } from '../../statements/statement-state.js';

/**
 * ApproveStatement: somebody of finance or a head who neither is paid by it nor drafted it says that it is right; from here on it stays as it is.
 * Throws (403) `BONUS.ROLE`, `BONUS.OWN_STATEMENT`, `BONUS.OWN_DRAFT`; (409) `BONUS.NOT_DRAFTED`, `BONUS.PERIOD_RUNNING`, `BONUS.BEFORE_PAYDAY`,
 * `BONUS.DISPUTE_OPEN`, `BONUS.EARLIER_NOT_APPROVED`, `BONUS.STATEMENT_CHANGED`.
 */
export function approveStatement(asked: Asked<Dated>, sight: StatementSight, state: StatementState): StatementEvent[] {
  const { actor, authenticated } = asked;
  assertCapacity(asked, ['finance', 'head'], 'approving a statement');
  if (actor.id === sight.member) throw forbidden('BONUS.OWN_STATEMENT', 'nobody approves their own pay');
  const { drafted } = state;
  if (drafted === null) throw refused('BONUS.NOT_DRAFTED', 'the statement is not drafted; draft it first');
  if (actor.id === drafted.by.id)
    throw forbidden('BONUS.OWN_DRAFT', 'somebody else than its drafter approves a statement');
  const occurredAt = occurredAtOf(asked);
  if (state.approved !== null) return [];
  const statement = statementIn(sight);
  assertOver(sight, 'approve its statements');
  if (sight.today < sight.payday)
    throw refused('BONUS.BEFORE_PAYDAY', 'the plan pays who is still there on payday, which is to come');
  if (statement.openDisputes > 0)
    throw refused('BONUS.DISPUTE_OPEN', 'a dispute about this statement is open; rule on it');
  if (sight.earlierOpen !== null)
    throw refused('BONUS.EARLIER_NOT_APPROVED', `the statement of ${sight.earlierOpen} comes first`);
  const { hash, payable, currency } = statement;
  if (hash !== drafted.data.hash)
    throw refused('BONUS.STATEMENT_CHANGED', 'the ledger says something else since the draft; draft it again');
  const { upTo } = sight;
  return [
    statementEvent('statement.approved', occurredAt, {
      ...keyOf(sight),
      ...{ upTo, hash, payable, currency, authenticated },
    }),
  ];
}
