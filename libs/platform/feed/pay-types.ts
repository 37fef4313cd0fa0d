import type { Principal } from '#access/authenticate.js';
import { BONUS_EVENT_TYPES } from '#incentives/events/bonus-events.js';
import { STATEMENT_EVENT_TYPES } from '#incentives/events/statement-events.js';
import { DomainError } from '#kernel/errors.js';

/** What people are paid: for those who answer for it, and for programs that they give a key. */
const PAY: ReadonlySet<string> = new Set([...BONUS_EVENT_TYPES, ...STATEMENT_EVENT_TYPES, 'bonusplan.pool-evaluated']);

/** The types that a key may see; those of marketing and sales see nobody's pay. Throws `FEED.NOT_YOURS` (403) where nothing else was asked for. */
export function typesFor(principal: Principal | null, types: readonly string[]): readonly string[] {
  if (principal === null || (principal.role !== 'marketing' && principal.role !== 'sales')) return types;
  const seen = types.filter((type) => !PAY.has(type));
  if (seen.length > 0) return seen;
  throw new DomainError('forbidden', 'FEED.NOT_YOURS', 'what others are paid is for finance, heads and auditors');
}
