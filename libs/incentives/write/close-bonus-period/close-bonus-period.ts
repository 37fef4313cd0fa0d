import { refused } from '#kernel/errors.js';
import type { DayNumber } from '#kernel/time.js';
import { assertCapacity, occurredAtOf, type Asked, type Dated } from '../../asked.js';
import type { BonusPeriodEvent } from '../../events/statement-events.js';
import type { PeriodName } from '../../plan/bonus-period.js';

/** What the decision knows of all plans. */
export interface PeriodSight {
  readonly period: PeriodName;
  readonly lastDay: DayNumber;
  readonly today: DayNumber;
  /** A later period of the grain is closed, and this one with it. */
  readonly closedWith: PeriodName | null;
  /** Members whose statement of the period, or of one before it, grants something and is not approved. */
  readonly unapproved: readonly string[];
  readonly openDisputes: number;
}

/**
 * CloseBonusPeriod: a month or quarter is closed for all plans, and all before it, for ever. Throws `BONUS.ROLE` (403); (409) `BONUS.PERIOD_RUNNING`, `BONUS.PERIOD_CLOSED`,
 * `BONUS.NOT_ALL_APPROVED` (with `members`), `BONUS.DISPUTE_OPEN`.
 */
export function closeBonusPeriod(asked: Asked<Dated>, sight: PeriodSight, isClosed: boolean): BonusPeriodEvent[] {
  assertCapacity(asked, ['finance'], 'closing a period');
  const occurredAt = occurredAtOf(asked);
  const { period, unapproved } = sight;
  if (isClosed) return [];
  if (sight.closedWith !== null)
    throw refused('BONUS.PERIOD_CLOSED', `${period} was closed together with ${sight.closedWith}`);
  if (sight.today <= sight.lastDay) throw refused('BONUS.PERIOD_RUNNING', `${period} is not over; close it afterwards`);
  if (sight.openDisputes > 0) throw refused('BONUS.DISPUTE_OPEN', 'a dispute is open; rule on it first');
  if (unapproved.length > 0)
    throw refused('BONUS.NOT_ALL_APPROVED', `not approved yet: ${unapproved.join(', ')}`, { members: unapproved });
  const { authenticated } = asked;
  return [{ type: 'bonusperiod.closed', occurredAt, leadId: null, pass: null, data: { period, authenticated } }];
}
