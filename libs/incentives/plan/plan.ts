import type { StreamEvent } from '#kernel/decider.js';
import type { Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { ActiveVersion } from '../earning/standing.js';
import type { BonusPlanEvent, PlanDraftedData, PoolEvaluatedData } from '../events/bonus-plan-events.js';
import { SIGNATORIES, type PlanTerms, type Signatory } from './terms.js';

/** `position` only of a recorded event that is folded outside a decision. */
export type SeenPlanEvent = StreamEvent<BonusPlanEvent> & { readonly position?: number };

/** Who said it, when, and whether somebody vouches for that. */
export interface PlanSaying {
  readonly member: string;
  readonly at: Instant;
  readonly authenticated: boolean;
}

export interface PlanVersion extends PlanDraftedData {
  readonly draftedAt: Instant;
  readonly draftedBy: string;
  readonly signatures: ReadonlyMap<Signatory, PlanSaying>;
  /** By member. */
  readonly acceptances: ReadonlyMap<string, PlanSaying>;
  /** When the last head signed, and where that stands in the ledger (0 inside a decision); null: not active. */
  readonly active: { readonly at: Instant; readonly position: number } | null;
}

export interface BonusPlanState {
  /** In order; version n is at n - 1. */
  readonly versions: readonly PlanVersion[];
  readonly ended: { readonly on: string; readonly by: string; readonly at: Instant } | null;
  /** By period: all evaluations of the team's pool, in order. */
  readonly pools: ReadonlyMap<string, readonly PoolEvaluatedData[]>;
}

export const initialPlan: BonusPlanState = { versions: [], ended: null, pools: new Map() };

/** The pure fold of a plan's stream. An unknown event type changes nothing. */
export function evolvePlan(state: BonusPlanState, event: SeenPlanEvent): BonusPlanState {
  switch (event.type) {
    case 'bonusplan.drafted': {
      const none = { signatures: new Map(), acceptances: new Map(), active: null };
      const said = { draftedAt: event.occurredAt, draftedBy: event.actor.id };
      return { ...state, versions: [...state.versions, { ...event.data, ...said, ...none }] };
    }
    case 'bonusplan.signed': {
      const { version, hash, as, member, authenticated } = event.data;
      return changed(state, version, (one) => {
        if (one.signatures.has(as) || one.hash !== hash) return one;
        const signatures = new Map(one.signatures).set(as, { member, at: event.occurredAt, authenticated });
        const isActive = SIGNATORIES.every((signatory) => signatures.has(signatory));
        return {
          ...one,
          signatures,
          active: isActive ? { at: event.occurredAt, position: event.position ?? 0 } : null,
        };
      });
    }
    case 'bonusplan.accepted': {
      const { version, member, authenticated } = event.data;
      return changed(state, version, (one) =>
        one.acceptances.has(member)
          ? one
          : {
              ...one,
              acceptances: new Map(one.acceptances).set(member, { member, at: event.occurredAt, authenticated }),
            },
      );
    }
    case 'bonusplan.ended':
      return { ...state, ended: { on: event.data.on, by: event.actor.id, at: event.occurredAt } };
    case 'bonusplan.pool-evaluated': {
      const { period } = event.data;
      return { ...state, pools: new Map(state.pools).set(period, [...(state.pools.get(period) ?? []), event.data]) };
    }
    default:
      return state;
  }
}

/**
 * What bonuses are judged by: every version that all its heads have signed, in order. The last day of a plan that was ended stands in
 * `terms.effectiveTo` of its versions; `hash` is the one of the terms as they were signed.
 */
export function activeVersions({ versions, ended }: BonusPlanState): readonly ActiveVersion[] {
  return versions.flatMap(({ planId, version, hash, terms, active }) =>
    active === null
      ? []
      : [{ planId, version, hash, terms: until(terms, ended?.on ?? null), activeFrom: active.position }],
  );
}

/** Whether somebody of that team can be paid by these terms, or by the pool of both teams. */
export function isPayee(terms: PlanTerms, member: string, team: Team | null): boolean {
  const isIn = (shares: readonly { readonly member: string }[]): boolean => shares.some((one) => one.member === member);
  if (terms.teamPool !== null && isIn(terms.teamPool.shares)) return true;
  return 'members' in terms.payees ? terms.payees.members.includes(member) : team === terms.payees.team;
}

const until = (terms: PlanTerms, on: string | null): PlanTerms =>
  on === null || (terms.effectiveTo !== null && terms.effectiveTo <= on) ? terms : { ...terms, effectiveTo: on };

const changed = (
  state: BonusPlanState,
  version: number,
  change: (one: PlanVersion) => PlanVersion,
): BonusPlanState => ({
  ...state,
  versions: state.versions.map((one) => (one.version === version ? change(one) : one)),
});
