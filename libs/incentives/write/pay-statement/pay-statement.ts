import { refused } from '#kernel/errors.js';
import { dayText } from '#kernel/time.js';
import { assertCapacity, forbidden, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { StatementEvent } from '../../events/statement-events.js';
import { keyOf, statementEvent } from '../../statements/statement-event.js';
import type { StatementSight } from '../../statements/statement-sight.js';
import type { StatementState } from '../../statements/statement-state.js';

export interface PayStatement extends Dated {
  /** The day of the payout; default today. */
  readonly on?: string;
  /** What the bank calls it. */
  readonly reference: string | null;
}

/**
 * PayStatement: finance has paid what was approved, all of it. Throws (403) `BONUS.ROLE`, `BONUS.OWN_STATEMENT`, `BONUS.OWN_APPROVAL`; (409) `BONUS.NOT_APPROVED`,
 * `BONUS.NOTHING_TO_PAY`, `BONUS.PAID`.
 */
export function payStatement(
  asked: Asked<PayStatement>,
  sight: StatementSight,
  { approved, paid }: StatementState,
): StatementEvent[] {
  const { actor, input, authenticated } = asked;
  assertCapacity(asked, ['finance'], 'paying a statement');
  if (actor.id === sight.member) throw forbidden('BONUS.OWN_STATEMENT', 'nobody pays themselves');
  if (approved === null) throw refused('BONUS.NOT_APPROVED', 'the statement is not approved');
  if (actor.id === approved.by.id)
    throw forbidden('BONUS.OWN_APPROVAL', 'somebody else than its approver pays a statement');
  const occurredAt = occurredAtOf(asked);
  const { hash, payable: amount, currency } = approved.data;
  if (amount === 0) throw refused('BONUS.NOTHING_TO_PAY', 'the statement has nothing to pay');
  const on = input.on ?? paid?.data.on ?? dayText(sight.today);
  if (paid !== null) {
    if (paid.data.on === on && paid.data.reference === input.reference) return [];
    throw refused('BONUS.PAID', `the statement was paid on ${paid.data.on}`);
  }
  return [
    statementEvent('statement.paid', occurredAt, {
      ...keyOf(sight),
      ...{ hash, amount, currency, on, reference: input.reference, authenticated },
    }),
  ];
}
