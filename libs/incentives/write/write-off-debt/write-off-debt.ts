import { malformed, refused } from '#kernel/errors.js';
import type { Money } from '#kernel/money.js';
import { assertCapacity, forbidden, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { StatementEvent } from '../../events/statement-events.js';
import { keyOf, minorOf, statementEvent } from '../../statements/statement-event.js';
import type { StatementSight } from '../../statements/statement-sight.js';
import type { StatementState } from '../../statements/statement-state.js';

export interface WriteOffDebt extends Dated {
  /** In the organisation's currency, above 0; default the whole debt. */
  readonly amount?: Money;
  readonly reason: string;
}

/**
 * WriteOffDebt: finance gives up what somebody owes who has left. Throws (403) `BONUS.ROLE`, `BONUS.OWN_STATEMENT`; (409) `BONUS.STILL_A_MEMBER`, `BONUS.NO_DEBT`,
 * `BONUS.MORE_THAN_OWED`; `BONUS.BAD_AMOUNT` (400), `BONUS.CURRENCY` (422).
 */
export function writeOffDebt(asked: Asked<WriteOffDebt>, sight: StatementSight, _: StatementState): StatementEvent[] {
  const { actor, authenticated, input } = asked;
  assertCapacity(asked, ['finance'], 'writing off a debt');
  if (actor.id === sight.member) throw forbidden('BONUS.OWN_STATEMENT', 'nobody writes off their own debt');
  const occurredAt = occurredAtOf(asked);
  if (sight.isMember)
    throw refused('BONUS.STILL_A_MEMBER', `${sight.member} has not left; what they owe is set off in the next periods`);
  const debt = -(sight.statement?.closing ?? 0);
  if (debt <= 0) throw refused('BONUS.NO_DEBT', `${sight.member} owes nothing`);
  const amount = input.amount === undefined ? debt : minorOf(sight, input.amount);
  if (amount <= 0) throw malformed('BONUS.BAD_AMOUNT', 'an amount above 0 is written off');
  if (amount > debt) throw refused('BONUS.MORE_THAN_OWED', 'a write-off is at most what is owed');
  const { reason } = input;
  const { currency } = sight;
  return [
    statementEvent('statement.debt-written-off', occurredAt, {
      ...keyOf(sight),
      ...{ amount, currency, reason, authenticated },
    }),
  ];
}
