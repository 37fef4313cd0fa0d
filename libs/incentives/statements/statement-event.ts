import type { Instant } from '#kernel/time.js';
import { DomainError, refused } from '#kernel/errors.js';
import type { Money } from '#kernel/money.js';
import type { StatementEvent, StatementKey } from '../events/statement-events.js';
import type { Statement } from './statement.js';
import type { StatementSight } from './statement-sight.js';

type DataOf<Type extends StatementEvent['type']> = Extract<StatementEvent, { type: Type }>['data'];

export function statementEvent<Type extends StatementEvent['type']>(
  type: Type,
  occurredAt: Instant,
  data: DataOf<Type>,
): StatementEvent {
  const event = { type, occurredAt, leadId: null, pass: null, data };
  return event as unknown as StatementEvent; // `type` and `data` belong together by the signature, which the union cannot follow
}

export const keyOf = ({ planId, member, period }: StatementSight): StatementKey => ({ planId, member, period });

/** Throws `BONUS.PLAN_NOT_FOUND`, `BONUS.NO_STATEMENT` (404). */
export function statementIn({ planExists, statement, member, period }: StatementSight): Statement {
  if (!planExists) throw new DomainError('not-found', 'BONUS.PLAN_NOT_FOUND', 'there is no such plan');
  if (statement !== null) return statement;
  throw new DomainError('not-found', 'BONUS.NO_STATEMENT', `${member} has nothing to state for ${period}`);
}

/** Throws `BONUS.PERIOD_RUNNING` (409) while the period is not over. */
export function assertOver({ lastDay, today, period }: StatementSight, what: string): void {
  if (today <= lastDay) throw refused('BONUS.PERIOD_RUNNING', `${period} is not over; ${what} afterwards`);
}

/** Minor units; throws `BONUS.CURRENCY` (422) for an amount in another currency than statements have. */
export function minorOf({ currency }: StatementSight, amount: Money): number {
  if (amount.currency === currency) return amount.minor;
  throw new DomainError('unprocessable', 'BONUS.CURRENCY', `amounts of bonuses are in ${currency}`);
}
