import { refused } from '#kernel/errors.js';
import { assertCapacity, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { StatementEvent } from '../../events/statement-events.js';
import { keyOf, statementEvent, statementIn } from '../../statements/statement-event.js';
import type { StatementSight } from '../../statements/statement-sight.js';
import type { StatementState } from '../../statements/statement-state.js';

/**
 * DraftStatement: what the ledger says now, for somebody else to approve; again where it says something else than the last draft. Throws `BONUS.ROLE`,
 * `BONUS.PLAN_NOT_FOUND`, `BONUS.NO_STATEMENT`, `BONUS.APPROVED`.
 */
export function draftStatement(asked: Asked<Dated>, sight: StatementSight, state: StatementState): StatementEvent[] {
  if (asked.actor.team !== 'system' || asked.authenticated)
    assertCapacity(asked, ['finance', 'head'], 'drafting a statement');
  const { hash, opening, total, payable, currency } = statementIn(sight);
  const occurredAt = occurredAtOf(asked);
  if (state.drafted?.data.hash === hash) return [];
  if (state.approved !== null)
    throw refused('BONUS.APPROVED', `the statement of ${sight.period} is approved; what came later is in the next one`);
  const { upTo } = sight;
  const { authenticated } = asked;
  return [
    statementEvent('statement.drafted', occurredAt, {
      ...keyOf(sight),
      ...{ upTo, opening, total, payable, currency, hash, authenticated },
    }),
  ];
}
