import type { Principal } from '#access/authenticate.js';
import type { NextAnswer } from './answer-next.js';

/** What others may gain or lose is not for a key of marketing or sales: of the members it gets its own. */
export function forEyesOf(principal: Principal | null, answer: NextAnswer): NextAnswer {
  if (principal === null || (principal.role !== 'marketing' && principal.role !== 'sales')) return answer;
  const own = <One extends { readonly member: string }>(members: readonly One[]): readonly One[] =>
    members.filter(({ member }) => member === principal.member);
  return {
    ...answer,
    atRisk: answer.atRisk.map((item) => ({ ...item, members: own(item.members) })),
    refund: answer.refund === null ? null : { ...answer.refund, members: own(answer.refund.members) },
  };
}
