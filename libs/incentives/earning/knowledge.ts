import { BUILT_IN, modelKey, type ModelVersion } from '#attribution/credit/model-version.js';
import type { ModelDefinedData } from '#attribution/events/attribution-events.js';
import { evolveCampaign, initialCampaign, ownersOn, type CampaignState } from '#campaigns/campaign.js';
import { CAMPAIGN_EVENT_TYPES, type CampaignEvent } from '#campaigns/events/campaign-events.js';
import { calendar, type Calendar } from '#kernel/calendar.js';
import { dayText, type Instant } from '#kernel/time.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import { BONUS_PLAN_EVENT_TYPES, type BonusPlanEvent, type PlanDraftedData } from '../events/bonus-plan-events.js';
import type { PeriodClosedData, StatementApprovedData } from '../events/statement-events.js';
import { grainOf, nextPeriod, periodOf, type BonusGrain, type PeriodName } from '../plan/bonus-period.js';
import { SIGNATORIES, type Signatory } from '../plan/terms.js';
import { crossingKey, type BonusState } from './bonus.js';
import type { AccountTouch } from './lead-account.js';
import type { Beneficiaries, Judging } from './split-reward.js';
import type { ActiveVersion } from './standing.js';

/** An event as knowledge takes it: a recorded one, or a line of an export. */
export interface KnowledgeEvent {
  readonly type: string;
  readonly position: number;
  readonly occurredAt: Instant;
  readonly actor: { readonly id: string; readonly team: CampaignActorTeam };
  data(): unknown;
}
type CampaignActorTeam = Parameters<typeof evolveCampaign>[1]['actor']['team'];

export const KNOWLEDGE_EVENT_TYPES: readonly string[] = [
  'organisation.configured',
  'attribution.model-defined',
  'statement.approved',
  'bonusperiod.closed',
  ...BONUS_PLAN_EVENT_TYPES,
  ...CAMPAIGN_EVENT_TYPES,
];

/** What a lead is judged by beside its own events: few events beside all others. Changed in place by `learn`. */
export interface Knowledge {
  calendar: Calendar;
  currency: string;
  readonly plans: Map<string, KnownPlan>;
  /** By name. */
  readonly campaigns: Map<string, CampaignState>;
  /** By name and version. */
  readonly models: Map<string, ModelVersion>;
  /** By plan and period: where the first of its statements was approved. */
  readonly approved: Map<string, number>;
  readonly closed: Map<PeriodName, number>;
}

interface KnownPlan {
  readonly drafts: Map<number, PlanDraftedData & { readonly signed: Map<Signatory, number> }>;
  /** Last day. */
  endsOn: string | null;
}

export const nothingKnown = (): Knowledge => ({
  calendar: calendar('UTC', '01-01'),
  currency: 'EUR',
  plans: new Map(),
  campaigns: new Map(),
  models: new Map(BUILT_IN.map((model) => [modelKey(model), model])),
  approved: new Map(),
  closed: new Map(),
});

/** One more event; those of other types change nothing. */
export function learn(knowledge: Knowledge, event: KnowledgeEvent): void {
  // Casts below: the event's type names its data.
  switch (event.type) {
    case 'organisation.configured': {
      const { timeZone, fiscalYearStart, currency } = event.data() as OrganisationConfiguredData;
      knowledge.calendar = calendar(timeZone, fiscalYearStart);
      knowledge.currency = currency;
      return;
    }
    case 'attribution.model-defined': {
      const { model: id, version, weighing, options } = event.data() as ModelDefinedData;
      knowledge.models.set(modelKey({ id, version }), { id, version, weighing, options });
      return;
    }
    case 'statement.approved': {
      const { planId, period } = event.data() as StatementApprovedData;
      const key = `${planId} ${period}`;
      if (!knowledge.approved.has(key)) knowledge.approved.set(key, event.position);
      return;
    }
    case 'bonusperiod.closed': {
      const { period } = event.data() as PeriodClosedData;
      if (!knowledge.closed.has(period)) knowledge.closed.set(period, event.position);
      return;
    }
    case 'campaign.defined':
    case 'campaign.owners-changed':
    case 'campaign.ended': {
      const data = event.data() as CampaignEvent['data'];
      const before = knowledge.campaigns.get(data.name) ?? initialCampaign;
      const { type, occurredAt, actor } = event;
      const told = { type, data, occurredAt, actor, revision: 0, leadId: null, pass: null } as Parameters<
        typeof evolveCampaign
      >[1]; // type and data come together
      knowledge.campaigns.set(data.name, evolveCampaign(before, told));
      return;
    }
    default:
      if (event.type.startsWith('bonusplan.'))
        learnOfPlan(knowledge, event.type as BonusPlanEvent['type'], event.data(), event.position);
  }
}

function learnOfPlan(knowledge: Knowledge, type: BonusPlanEvent['type'], data: unknown, position: number): void {
  const { planId } = data as BonusPlanEvent['data'];
  const plan: KnownPlan = knowledge.plans.get(planId) ?? { drafts: new Map(), endsOn: null };
  knowledge.plans.set(planId, plan);
  const known = { type, data } as BonusPlanEvent; // type and data come together
  switch (known.type) {
    case 'bonusplan.drafted':
      plan.drafts.set(known.data.version, { ...known.data, signed: new Map() });
      return;
    case 'bonusplan.signed': {
      const { version, hash, as } = known.data;
      const draft = plan.drafts.get(version);
      if (draft?.hash === hash && !draft.signed.has(as)) draft.signed.set(as, position);
      return;
    }
    case 'bonusplan.ended':
      plan.endsOn = known.data.on;
      return;
    default:
      return;
  }
}

/** The versions of a plan that all its heads have signed; none ends later than the plan. */
export function activeVersions(knowledge: Knowledge, planId: string): readonly ActiveVersion[] {
  const plan = knowledge.plans.get(planId);
  if (plan === undefined) return [];
  return [...plan.drafts.values()].flatMap(({ version, hash, terms, signed }): ActiveVersion[] => {
    if (SIGNATORIES.some((one) => !signed.has(one))) return [];
    const { effectiveTo } = terms;
    const endsOn = plan.endsOn !== null && (effectiveTo === null || plan.endsOn < effectiveTo);
    return [
      {
        ...{ planId, version, hash, activeFrom: Math.max(...signed.values()) },
        terms: endsOn ? { ...terms, effectiveTo: plan.endsOn } : terms,
      },
    ];
  });
}

/** Plans with a version that is active. */
export const activePlans = (knowledge: Knowledge): readonly string[] =>
  [...knowledge.plans.keys()].filter((planId) => activeVersions(knowledge, planId).length > 0);

/** `state`: what the lead's bonus stream under the plan says so far. */
export function judgingBy(knowledge: Knowledge, planId: string, state: BonusState): Judging {
  const { dayOf } = knowledge.calendar;
  return {
    dayOf,
    beneficiaries: (touch) => beneficiariesOf(knowledge, touch),
    model: (name) => knowledge.models.get(name) ?? null,
    touchesUpTo({ tier, crossing, at, grain }) {
      const period =
        state.crossings.get(crossingKey(tier, crossing))?.period ?? periodOf(at, grain, knowledge.calendar);
      const approved = knowledge.approved.get(`${planId} ${period}`) ?? Infinity;
      return Math.min(approved, knowledge.closed.get(period) ?? Infinity);
    },
  };
}

/** The owners of its campaign on its day, else its member if in marketing then, else the pool. */
function beneficiariesOf({ campaigns }: Knowledge, { campaign, day, member, team }: AccountTouch): Beneficiaries {
  const known = campaign === null ? undefined : campaigns.get(campaign);
  const owners = known === undefined ? [] : ownersOn(known, dayText(day));
  if (owners.length > 0) return { through: 'owner', members: owners };
  if (member !== null && team === 'marketing') return { through: 'actor', members: [member] };
  return { through: 'pool', members: [] };
}

/** The period of a moment while it is open, else the first one after it that is. */
export function openPeriodOf(knowledge: Knowledge, at: Instant, grain: BonusGrain): PeriodName {
  const last = [...knowledge.closed.keys()]
    .filter((one) => grainOf(one) === grain)
    .reduce((a, b) => (a > b ? a : b), '');
  const own = periodOf(at, grain, knowledge.calendar);
  return own > last ? own : nextPeriod(last);
}
