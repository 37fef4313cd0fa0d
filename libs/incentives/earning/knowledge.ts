import { BUILT_IN, modelKey, type ModelVersion } from '#attribution/credit/model-version.js';
import type { ModelDefinedData } from '#attribution/events/attribution-events.js';
import { evolveCampaign, initialCampaign, ownersOn, type CampaignState } from '#campaigns/campaign.js';
import { CAMPAIGN_EVENT_TYPES, type CampaignEvent } from '#campaigns/events/campaign-events.js';
import { calendar, type Calendar } from '#kernel/calendar.js';
import type { StreamEvent } from '#kernel/decider.js';
import type { Actor, DomainEvent } from '#kernel/envelope.js';
import { dayText, type Instant } from '#kernel/time.js';
import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';
import { BONUS_PLAN_EVENT_TYPES, type BonusPlanEvent } from '../events/bonus-plan-events.js';
import type { PeriodClosedData, StatementApprovedData } from '../events/statement-events.js';
import { grainOf, nextPeriod, periodOf, type BonusGrain, type PeriodName } from '../plan/bonus-period.js';
import { activeVersions as versionsOf, evolvePlan, initialPlan, type BonusPlanState } from '../plan/plan.js';
import { crossingKey, type BonusState } from './bonus.js';
import type { AccountTouch } from './lead-account.js';
import type { Beneficiaries, Judging } from './split-reward.js';
import type { ActiveVersion } from './standing.js';

/** An event as knowledge takes it: a recorded one, or a line of an export. */
export interface KnowledgeEvent {
  readonly type: string;
  readonly position: number;
  readonly occurredAt: Instant;
  readonly actor: Actor;
  data(): unknown;
}

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
  readonly plans: Map<string, BonusPlanState>;
  /** By name. */
  readonly campaigns: Map<string, CampaignState>;
  /** By name and version. */
  readonly models: Map<string, ModelVersion>;
  /** By plan and period: where the first of its statements was approved. */
  readonly approved: Map<string, number>;
  readonly closed: Map<PeriodName, number>;
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
      const told = toldOf<CampaignEvent>(event);
      const { name } = told.data;
      knowledge.campaigns.set(name, evolveCampaign(knowledge.campaigns.get(name) ?? initialCampaign, told));
      return;
    }
    case 'bonusplan.drafted':
    case 'bonusplan.signed':
    case 'bonusplan.accepted':
    case 'bonusplan.ended':
    case 'bonusplan.pool-evaluated': {
      const told = { ...toldOf<BonusPlanEvent>(event), position: event.position };
      const { planId } = told.data;
      knowledge.plans.set(planId, evolvePlan(knowledge.plans.get(planId) ?? initialPlan, told));
    }
  }
}

/** As the folds of streams see it; none of those used here looks at the revision. */
function toldOf<Event extends DomainEvent>(event: KnowledgeEvent): StreamEvent<Event> {
  const { type, occurredAt, actor } = event;
  const told = { type, data: event.data(), occurredAt, actor, revision: 0, leadId: null, pass: null };
  return told as unknown as StreamEvent<Event>; // type and data come together
}

/** The versions of a plan that all its heads have signed; none ends later than the plan. */
export const activeVersions = ({ plans }: Knowledge, planId: string): readonly ActiveVersion[] =>
  versionsOf(plans.get(planId) ?? initialPlan);

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
