import type { PersonalFields } from '#privacy/personal-fields.js';
import type { BonusEvent } from './bonus-events.js';
import type { BonusPlanEvent } from './bonus-plan-events.js';
import type { BonusPeriodEvent, StatementEvent } from './statement-events.js';

/** What is marked as personal beside the events. Handles and amounts are not: whoever pays must be able to prove what was paid. */
export const INCENTIVE_PERSONAL_FIELDS = {
  'bonusplan.drafted': [],
  'bonusplan.signed': [],
  'bonusplan.accepted': [],
  'bonusplan.ended': ['reason'],
  'bonusplan.pool-evaluated': [],
  'bonus.milestone-reached': [],
  'bonus.milestone-reversed': [],
  'bonus.adjusted': [],
  'statement.drafted': [],
  'statement.approved': [],
  'statement.paid': [],
  'statement.disputed': ['reason'],
  'statement.ruled': ['reason'],
  'statement.debt-written-off': ['reason'],
  'bonusperiod.closed': [],
} as const satisfies PersonalFields &
  Record<(BonusPlanEvent | BonusEvent | StatementEvent | BonusPeriodEvent)['type'], readonly string[]>;
