import type { Uuid } from '#kernel/ids.js';
import type { BonusEvent } from '../events/bonus-events.js';
import { evaluateBonus, type BonusState, type Evaluation } from './bonus.js';
import { judge } from './judge.js';
import { activeVersions, judgingBy, openPeriodOf, type Knowledge } from './knowledge.js';
import type { LeadAccount } from './lead-account.js';

export interface Evaluated {
  readonly planId: string;
  readonly leadId: Uuid;
  readonly account: LeadAccount;
  readonly knowledge: Knowledge;
  /** Position that the knowledge has. */
  readonly knownTo: number;
  readonly cause: Evaluation['cause'];
}

/** What must be recorded about one lead under one plan: the whole judged anew, less what the stream says. Pure. */
export function evaluate(
  { planId, leadId, account, knowledge, knownTo, cause }: Evaluated,
  state: BonusState,
): readonly BonusEvent[] {
  const versions = activeVersions(knowledge, planId);
  const grain = versions.at(-1)?.terms.grain ?? 'month';
  return evaluateBonus(
    {
      ...{ planId, leadId, knownTo, cause },
      upTo: account.upTo,
      currency: knowledge.currency,
      standings: judge(versions, account, judgingBy(knowledge, planId, state)),
      openPeriod: (at) => openPeriodOf(knowledge, at, grain),
    },
    state,
  );
}
