import type { Actor } from '#kernel/envelope.js';
import { decide, type Given, type GivenEvent } from '#kernel/testing/given-when-then.js';
import { parseDay } from '#kernel/time.js';
import type { Asked } from '../asked.js';
import type { BonusPlanEvent, PoolEvaluatedData } from '../events/bonus-plan-events.js';
import { planHash } from '../plan/plan-hash.js';
import type { PlanSight } from '../plan/plan-sight.js';
import { evolvePlan, initialPlan, type BonusPlanState } from '../plan/plan.js';
import { targetFault } from '../plan/target.js';
import type { PlanTerms, Signatory } from '../plan/terms.js';
import { PLAN, TERMS } from './book-life.js';
import { NOW } from './statement-life.js';

export const HENRY: Actor = { id: 'henry', team: 'sales' };

export const hashed = (version = 1, terms: Partial<PlanTerms> = {}): string =>
  planHash({ planId: PLAN, version, terms: { ...TERMS, ...terms } });

type DataOf<Type extends BonusPlanEvent['type']> = Extract<BonusPlanEvent, { type: Type }>['data'];

const happened = <Type extends BonusPlanEvent['type']>(
  type: Type,
  data: DataOf<Type>,
  by: string,
): GivenEvent<BonusPlanEvent> =>
  ({
    type,
    leadId: null,
    pass: null,
    occurredAt: NOW,
    data,
    actor: { id: by, team: 'marketing' },
  }) as unknown as GivenEvent<BonusPlanEvent>; // of the type given

export const drafted = (version = 1, terms: Partial<PlanTerms> = {}): GivenEvent<BonusPlanEvent> =>
  happened(
    'bonusplan.drafted',
    { planId: PLAN, version, terms: { ...TERMS, ...terms }, hash: hashed(version, terms) },
    'fiona',
  );

export const signed = (as: Signatory, version = 1, terms: Partial<PlanTerms> = {}): GivenEvent<BonusPlanEvent> => {
  const member = { ...TERMS, ...terms }.signatories[as];
  const said = { planId: PLAN, version, hash: hashed(version, terms), as, member, authenticated: true };
  return happened('bonusplan.signed', said, member);
};

/** Drafted and signed by all three. */
export const active = (version = 1, terms: Partial<PlanTerms> = {}): GivenEvent<BonusPlanEvent>[] => [
  drafted(version, terms),
  signed('marketing', version, terms),
  signed('sales', version, terms),
  signed('finance', version, terms),
];

export const accepted = (member: string, version = 1, terms: Partial<PlanTerms> = {}): GivenEvent<BonusPlanEvent> =>
  happened(
    'bonusplan.accepted',
    { planId: PLAN, version, hash: hashed(version, terms), member, authenticated: true },
    member,
  );

export const ended = (on: string): GivenEvent<BonusPlanEvent> =>
  happened('bonusplan.ended', { planId: PLAN, on, reason: null }, 'fiona');

export const poolEvaluated = (data: PoolEvaluatedData): GivenEvent<BonusPlanEvent> =>
  happened('bonusplan.pool-evaluated', data, 'fiona');

/** Without the actor, which only a recorded event has. */
export const decided = ({ actor: _actor, ...event }: GivenEvent<BonusPlanEvent>): BonusPlanEvent => event; // what is left

const KNOWN = ['mia', 'max', 'fiona', 'hanna', 'henry', 'sam'];

export const seesPlan = (sight: Partial<PlanSight> = {}): PlanSight => ({
  currency: 'EUR',
  today: parseDay('2026-04-20') ?? 0,
  closedThrough: () => null,
  knows: (member) => KNOWN.includes(member),
  modelFault: (model) => (model === 'linear@1' ? null : `"${model}" is not a model`),
  targetFault: (metric, target) => targetFault(metric, target, 'EUR'),
  ...sight,
});

export const specifyPlan = <Input>(
  decision: (asked: Asked<Input>, sight: PlanSight, plan: BonusPlanState) => BonusPlanEvent[],
  sight: Partial<PlanSight> = {},
): Given<Asked<Input>, BonusPlanEvent> =>
  decide<BonusPlanState, Asked<Input>, BonusPlanEvent>({
    initialState: initialPlan,
    evolve: evolvePlan,
    decide: (asked, plan) => decision(asked, seesPlan(sight), plan),
  });
