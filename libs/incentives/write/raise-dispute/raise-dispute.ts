import { DomainError } from '#kernel/errors.js';
import { forbidden, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { StatementEvent } from '../../events/statement-events.js';
import { keyOf, statementEvent } from '../../statements/statement-event.js';
import type { StatementSight } from '../../statements/statement-sight.js';
import type { StatementState } from '../../statements/statement-state.js';

export interface RaiseDispute extends Dated {
  readonly disputeId: string;
  readonly reason: string;
}

/**
 * RaiseDispute: the payee, or finance or a head for them, says that a statement is wrong; also one that has no line. Throws `BONUS.PLAN_NOT_FOUND`,
 * `BONUS.UNKNOWN_MEMBER` (404), `BONUS.NOT_YOURS` (403).
 */
export function raiseDispute(
  asked: Asked<RaiseDispute>,
  sight: StatementSight,
  state: StatementState,
): StatementEvent[] {
  const { actor, authenticated, capacities, input } = asked;
  if (!sight.planExists) throw new DomainError('not-found', 'BONUS.PLAN_NOT_FOUND', 'there is no such plan');
  if (!sight.isKnown) throw new DomainError('not-found', 'BONUS.UNKNOWN_MEMBER', `there is no member ${sight.member}`);
  if (actor.id !== sight.member && capacities.length === 0)
    throw forbidden('BONUS.NOT_YOURS', 'a statement is disputed by its payee, or by finance or a head for them');
  const occurredAt = occurredAtOf(asked);
  const { disputeId, reason } = input;
  const same = [...state.disputes.values()].find(
    ({ data, ruled }) => ruled === null && data.by === actor.id && data.reason === reason,
  );
  if (same !== undefined) return [];
  return [
    statementEvent('statement.disputed', occurredAt, {
      ...keyOf(sight),
      ...{ disputeId, by: actor.id, reason, authenticated },
    }),
  ];
}
