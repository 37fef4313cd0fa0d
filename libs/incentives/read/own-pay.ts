import type { Principal } from '#access/authenticate.js';
import { DomainError } from '#kernel/errors.js';
import { valueOf, type Query } from '#platform/questions/query-parameters.js';

/**
 * What people are paid is between them and those who answer for it: a key of marketing or sales asks about its own member, and gets that where it names
 * none. Throws `BONUS.NOT_YOURS` (403) for anybody else's. Without keys everybody may ask.
 */
export function ownPay(principal: Principal | null, query: Query): Query {
  if (principal === null || (principal.role !== 'marketing' && principal.role !== 'sales')) return query;
  const asked = valueOf(query, 'member') ?? principal.member;
  if (asked === principal.member) return { ...query, member: asked };
  throw new DomainError('forbidden', 'BONUS.NOT_YOURS', 'what others are paid is for finance, heads and auditors');
}
