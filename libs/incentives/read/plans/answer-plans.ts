import { DomainError } from '#kernel/errors.js';
import type { Position } from '#kernel/position.js';
import { dayText, instantText, type DayNumber, type Instant } from '#kernel/time.js';
import { instantOf, positionOfQuery, refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull, wireData } from '#platform/questions/wire.js';
import type { TeamRoster } from '#platform/roster.js';
import { versionOn } from '../../earning/running-basis.js';
import type { KnownPlans } from '../../plan/known-plans.js';
import { activeVersions, isPayee, type BonusPlanState, type PlanSaying, type PlanVersion } from '../../plan/plan.js';
import { SIGNATORIES, type PlanTerms } from '../../plan/terms.js';

export interface SayingItem {
  readonly member: string;
  readonly at: string;
  /** False: nobody vouches for who it was; shown as "not authenticated". */
  readonly authenticated: boolean;
}

export interface PlanVersionItem {
  readonly version: number;
  readonly hash: string;
  /** Money as decimal text. */
  readonly terms: unknown;
  readonly status: 'drafted' | 'active' | 'superseded';
  readonly draftedBy: string;
  readonly draftedAt: string;
  readonly activeAt: string | null;
  readonly signatures: readonly (SayingItem & { readonly as: string })[];
  /** Heads who have not signed. */
  readonly unsigned: readonly { readonly as: string; readonly member: string }[];
  readonly acceptances: readonly SayingItem[];
  /** Payees of today who have not accepted: what they earn under it is held. */
  readonly notAccepted: readonly string[];
}

export interface PlanItem {
  readonly id: string;
  readonly name: string;
  readonly grain: string;
  readonly status: 'drafted' | 'active' | 'ended';
  /** Of the version that holds today; null: none. */
  readonly holds: number | null;
  readonly latest: number;
  readonly endsOn: string | null;
}

export interface PlansAnswer {
  readonly asOf: AsOf;
  readonly items: readonly PlanItem[];
}

export interface PlanAnswer extends PlanItem {
  readonly asOf: AsOf;
  readonly versions: readonly PlanVersionItem[];
  readonly pools: readonly unknown[];
}

export interface PlansSide extends ReadSide {
  readonly plans: KnownPlans;
  readonly roster: TeamRoster;
  /** The organisation's day of a moment. */
  readonly today: (at: Instant) => DayNumber;
}

/** What `GET /bonuses/plans` answers, from the ledger itself. */
export async function answerPlans(side: PlansSide, query: Query): Promise<PlansAnswer> {
  const { known, upTo, at } = await placeOf(side, query);
  const plans = await side.plans.upTo(upTo);
  const today = side.today(at);
  return { asOf: known, items: [...plans].map(([id, plan]) => planItem(id, plan, today)) };
}

/** What `GET /bonuses/plans/{id}` answers: every version with its terms, hash, signatures and acceptances. Throws `BONUS.PLAN_NOT_FOUND`. */
export async function answerPlan(side: PlansSide, id: string, query: Query): Promise<PlanAnswer> {
  const { known, upTo, at } = await placeOf(side, query);
  const plan = (await side.plans.upTo(upTo)).get(id);
  if (plan === undefined) throw new DomainError('not-found', 'BONUS.PLAN_NOT_FOUND', 'there is no such plan');
  const team = await side.roster.membersAt(['marketing'], at);
  return {
    asOf: known,
    ...planItem(id, plan, side.today(at)),
    versions: plan.versions.map((version) => versionItem(version, plan, team)),
    pools: [...plan.pools.values()].flat().map(({ planId: _planId, knownTo, ...pool }) => ({
      ...pool,
      knownTo: String(knownTo),
    })),
  };
}

async function placeOf(
  side: PlansSide,
  query: Query,
): Promise<{ readonly known: AsOf; readonly upTo: Position; readonly at: Instant }> {
  refuseUnknown(query, ['minPosition', 'knownAt']);
  positionOfQuery(query, 'minPosition'); // the ledger itself is never behind
  const knownAt = instantOf(query, 'knownAt') ?? null;
  const upTo = knownAt === null ? await side.eventStore.head() : await side.eventStore.positionAt(knownAt);
  return { known: await asOf(side.eventStore, upTo, knownAt), upTo, at: knownAt ?? Date.now() };
}

function planItem(id: string, plan: BonusPlanState, today: DayNumber): PlanItem {
  const latest = plan.versions.at(-1);
  const isOver = plan.ended !== null && plan.ended.on < dayText(today);
  return {
    id,
    name: latest?.terms.name ?? '',
    grain: latest?.terms.grain ?? '',
    status: isOver ? 'ended' : plan.versions.some(({ active }) => active !== null) ? 'active' : 'drafted',
    holds: isOver ? null : (versionOn(activeVersions(plan), today)?.version ?? null),
    latest: latest?.version ?? 0,
    endsOn: plan.ended?.on ?? null,
  };
}

function versionItem(version: PlanVersion, plan: BonusPlanState, marketing: readonly string[]): PlanVersionItem {
  const { terms, signatures, acceptances, active } = version;
  return {
    version: version.version,
    hash: version.hash,
    terms: wireData(terms),
    status: active !== null ? 'active' : version === plan.versions.at(-1) ? 'drafted' : 'superseded',
    draftedBy: version.draftedBy,
    draftedAt: instantText(version.draftedAt),
    activeAt: instantOrNull(active?.at ?? null),
    signatures: [...signatures].map(([as, said]) => ({ as, ...sayingItem(said) })),
    unsigned: SIGNATORIES.filter((as) => !signatures.has(as)).map((as) => ({ as, member: terms.signatories[as] })),
    acceptances: [...acceptances.values()].map(sayingItem),
    notAccepted: payeesOf(terms, marketing).filter((member) => !acceptances.has(member)),
  };
}

function payeesOf(terms: PlanTerms, marketing: readonly string[]): readonly string[] {
  const named = 'members' in terms.payees ? terms.payees.members : marketing;
  const all = new Set([...named, ...(terms.teamPool?.shares ?? []).map(({ member }) => member)]);
  return [...all].filter((member) => isPayee(terms, member, marketing.includes(member) ? 'marketing' : null)).sort();
}

const sayingItem = ({ member, at, authenticated }: PlanSaying): SayingItem => ({
  member,
  at: instantText(at),
  authenticated,
});
