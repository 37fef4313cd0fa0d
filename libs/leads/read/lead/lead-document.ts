import type { DealEvent } from '#deals/events/deal-events.js';
import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent, Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { DocumentView } from '#subscriptions/processor.js';
import type { ExternalId, LeadDetails, LeadEvent } from '../../events/lead-events.js';
import { NO_DETAILS, detailsAfter } from '../../lead-details.js';
import { evolveLeadDeal, type LeadDeal } from '../../lead-deals.js';
import { assignedBy, type Assignment } from '../../lead-owner.js';
import { stepsAfter, type ExitStep, type Opening, type StageStep, type Step } from '../../lead-steps.js';
import { derivedStage, type DerivedStage } from './derived-stage.js';

/** What a stored step needs to be folded on: without its evidence and notes. */
export type StandingStep = Opening | Omit<StageStep, 'data'> | Omit<ExitStep, 'data'>;

/**
 * One lead as it stands. Touches are counted, not kept: a touch costs the same on a lead with ten and with ten thousand of them.
 */
export interface LeadDocument extends LeadDetails {
  readonly id: string;
  /** Of the lead's own stream. */
  readonly revision: number;
  readonly stage: DerivedStage;
  readonly pass: number;
  readonly owner: string | null;
  readonly team: Team | null;
  readonly createdAt: Instant;
  readonly touches: number;
  /** By occurredAt, one that was taken back included; null before the first. */
  readonly lastTouchAt: Instant | null;
  readonly deals: readonly LeadDeal[];
  /** What the fold goes on from. */
  readonly steps: readonly StandingStep[];
  readonly passes: number;
  readonly assignments: readonly Assignment[];
  /** `system:id` of each external id, for search. */
  readonly externalKeys: readonly string[];
}

const LEAD_TYPES = [
  'lead.created',
  'lead.details-changed',
  'lead.touched',
  'lead.touch-annulled',
  'lead.assigned',
  'lead.mql-qualified',
  'lead.accepted',
  'lead.rejected',
  'lead.sql-qualified',
  'lead.recycled',
  'lead.disqualified',
  'lead.reopened',
  'lead.stage-annulled',
  'lead.reviewed',
] as const satisfies readonly LeadEvent['type'][];

const DEAL_TYPES = [
  'deal.opened',
  'deal.won',
  'deal.lost',
  'deal.reopened',
  'deal.annulled',
] as const satisfies readonly DealEvent['type'][];

/** One document a lead, from its own stream and its deals'. */
export const LEAD_VIEW: DocumentView<LeadDocument> = {
  view: 'lead',
  types: [...LEAD_TYPES, ...DEAL_TYPES],
  idsOf: (event) => (event.leadId === null ? [] : [event.leadId]),
  begins: (event) => event.type === 'lead.created' && event.revision === 0,
  project: projectLead,
};

/** The lead after an event of its own or of one of its deals. Events before its creation, and unknown ones, change nothing. */
export function projectLead(lead: LeadDocument | null, event: RecordedEvent): LeadDocument | null {
  const { type } = event;
  if (type === 'lead.created') return lead ?? created(event);
  if (type.startsWith('deal.')) return lead === null ? null : withDeal(lead, event);
  return lead === null ? null : { ...changed(lead, event), revision: event.revision };
}

function created(recorded: RecordedEvent): LeadDocument | null {
  const event = streamEvent<LeadEvent>(recorded);
  if (event.type !== 'lead.created' || event.leadId === null) return null;
  const details = detailsAfter(NO_DETAILS, event);
  const assignments = assignedBy([], event);
  const lead: LeadDocument = {
    ...details,
    id: event.leadId,
    revision: event.revision,
    stage: 'lead',
    pass: 1,
    owner: null,
    team: null,
    createdAt: event.occurredAt,
    touches: 0,
    lastTouchAt: null,
    deals: [],
    steps: [],
    passes: 0,
    assignments: [],
    externalKeys: keysOf(details.externalIds),
  };
  return withSteps(withOwner(lead, assignments), event);
}

function changed(lead: LeadDocument, recorded: RecordedEvent): LeadDocument {
  const event = streamEvent<LeadEvent>(recorded);
  switch (event.type) {
    case 'lead.details-changed': {
      const details = detailsAfter(lead, event);
      return { ...lead, ...details, externalKeys: keysOf(details.externalIds) };
    }
    case 'lead.touched':
      return {
        ...lead,
        touches: lead.touches + 1,
        lastTouchAt: Math.max(lead.lastTouchAt ?? event.occurredAt, event.occurredAt),
      };
    case 'lead.touch-annulled':
      return { ...lead, touches: lead.touches - 1 };
    case 'lead.assigned':
      return withOwner(lead, assignedBy(lead.assignments, event));
    case 'lead.accepted':
    case 'lead.stage-annulled':
      return withSteps(withOwner(lead, assignedBy(lead.assignments, event)), event);
    case 'lead.mql-qualified':
    case 'lead.sql-qualified':
    case 'lead.rejected':
    case 'lead.recycled':
    case 'lead.disqualified':
    case 'lead.reopened':
      return withSteps(lead, event);
    default:
      return lead;
  }
}

function withOwner(lead: LeadDocument, assignments: readonly Assignment[]): LeadDocument {
  const inCharge = assignments.at(-1);
  return { ...lead, assignments, owner: inCharge?.owner ?? null, team: inCharge?.team ?? null };
}

function withSteps(lead: LeadDocument, event: ReturnType<typeof streamEvent<LeadEvent>>): LeadDocument {
  const standing = lead.steps as readonly Step[]; // the fold never looks at the data of a standing step
  const steps = stepsAfter(standing, unread(event), lead.passes).map(withoutData);
  const pass = steps.at(-1)?.pass ?? lead.pass;
  return restaged({ ...lead, steps, pass, passes: Math.max(lead.passes, event.pass ?? 0) });
}

/** Entries and exits are kept without their content, so it is not even parsed (and decrypted) for them. */
function unread(event: ReturnType<typeof streamEvent<LeadEvent>>): ReturnType<typeof streamEvent<LeadEvent>> {
  if (event.type === 'lead.reopened' || event.type === 'lead.stage-annulled' || event.type === 'lead.created')
    return event;
  const { type, occurredAt, leadId, pass, revision, actor } = event;
  return { type, occurredAt, leadId, pass, revision, actor, data: UNREAD } as typeof event; // `stepsAfter` only passes it on
}
const UNREAD = {};

function withDeal(lead: LeadDocument, event: RecordedEvent): LeadDocument {
  const at = lead.deals.findIndex((deal) => deal.stream === event.stream);
  const before = lead.deals[at] ?? null;
  const deal = evolveLeadDeal(before, event);
  if (deal === null || deal === before) return lead;
  return restaged({ ...lead, deals: at === -1 ? [...lead.deals, deal] : lead.deals.with(at, deal) });
}

const restaged = (lead: LeadDocument): LeadDocument => ({
  ...lead,
  stage: derivedStage(lead.steps, lead.pass, lead.deals),
});

function withoutData(step: StandingStep | Step): StandingStep {
  if (!('data' in step)) return step;
  const { data: _data, ...lean } = step;
  return lean;
}

const keysOf = (ids: readonly ExternalId[]): readonly string[] => ids.map(({ system, id }) => `${system}:${id}`);
