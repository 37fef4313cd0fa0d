import type { RecordedEvent } from '#kernel/envelope.js';
import type {
  LeadAcceptedData,
  LeadAssignedData,
  LeadCreatedData,
  LeadDetailsChangedData,
  LeadReopenedData,
  LeadTouchedData,
  StageAnnulledData,
  TouchAnnulledData,
} from '#leads/events/lead-events.js';
import { leadEras } from './eras.js';
import type { FoldContext } from './fold-context.js';
import {
  LEAD,
  MQL,
  SAL,
  SQL,
  type Assignment,
  type AttributeChange,
  type LeadHistory,
  type StageEntry,
} from './history.js';
import { momentOf, type Assumable } from './moment.js';
import { inOrder } from './order.js';
import {
  addTouch,
  annulTouch,
  firstTouch,
  NO_TOUCHES,
  type GivenOrigin,
  type TouchLogEntry,
  type TouchStep,
} from './touches.js';

export const NO_ORIGIN: GivenOrigin = { channel: null, campaign: null, content: null, source: null };

/** A lead of which nothing was seen yet. */
export const UNKNOWN_LEAD: LeadHistory = {
  created: null,
  given: NO_ORIGIN,
  touches: NO_TOUCHES,
  baseline: { segment: null, country: null, product: null, custom: {} },
  changes: [],
  assignments: [],
  stages: [],
  eras: [],
};

interface LeadStep {
  readonly lead: LeadHistory;
  readonly chunk: readonly TouchLogEntry[] | null;
}

/** What an event of the lead's own stream changes; types that C never reads change nothing. */
export function foldLead(lead: LeadHistory, event: RecordedEvent, context: FoldContext): LeadStep {
  switch (event.type) {
    case 'lead.touched':
      return touched(lead, addTouch(lead.touches, touchOf(event)));
    case 'lead.touch-annulled': {
      const { touchId } = event.data() as TouchAnnulledData; // the type says so
      return touched(lead, annulTouch(lead.touches, touchId, context.touchLog));
    }
    default:
      return { lead: foldRest(lead, event, context), chunk: null };
  }
}

function foldRest(lead: LeadHistory, event: RecordedEvent, context: FoldContext): LeadHistory {
  // Casts below: the event's type names its data.
  switch (event.type) {
    case 'lead.created':
      return created(lead, event, event.data() as LeadCreatedData, context);
    case 'lead.details-changed':
      return detailsChanged(lead, event, event.data() as LeadDetailsChangedData);
    case 'lead.assigned': {
      const { owner, team } = event.data() as LeadAssignedData;
      return assigned(lead, assignment(event, owner, team, -1));
    }
    case 'lead.mql-qualified':
      return entered(lead, MQL, event, context);
    case 'lead.accepted': {
      const { becomesOwner } = event.data() as LeadAcceptedData;
      const accepted = entered(lead, SAL, event, context);
      return becomesOwner === null
        ? accepted
        : assigned(accepted, assignment(event, becomesOwner, event.actor.team, event.revision));
    }
    case 'lead.sql-qualified':
      return entered(lead, SQL, event, context);
    case 'lead.reopened':
      return (event.data() as LeadReopenedData).mode === 'new-pass' ? entered(lead, LEAD, event, context) : lead;
    case 'lead.stage-annulled':
      return stageAnnulled(lead, (event.data() as StageAnnulledData).annuls);
    default:
      return lead;
  }
}

function created(lead: LeadHistory, event: RecordedEvent, data: LeadCreatedData, context: FoldContext): LeadHistory {
  const moment = momentOf(event, data, context);
  const { channel, campaign, content, source, segment, country, product } = data;
  return withEras({
    ...lead,
    created: moment,
    given: { channel, campaign, content, source },
    baseline: { segment, country, product, custom: data.dimensions },
    assignments:
      data.owner === null && data.ownerTeam === null
        ? lead.assignments
        : inOrder(lead.assignments, assignment(event, data.owner, data.ownerTeam, -1)),
    stages: [...lead.stages, stageEntry(LEAD, event, data, context)],
  });
}

function detailsChanged(lead: LeadHistory, event: RecordedEvent, data: LeadDetailsChangedData): LeadHistory {
  const { channel, campaign, content, source, segment, country, product, dimensions } = data;
  // The last correction by position holds, whenever it is said to have happened.
  const given = {
    channel: channel === undefined ? lead.given.channel : channel,
    campaign: campaign === undefined ? lead.given.campaign : campaign,
    content: content === undefined ? lead.given.content : content,
    source: source === undefined ? lead.given.source : source,
  };
  const changesAttributes =
    segment !== undefined || country !== undefined || product !== undefined || dimensions !== undefined;
  const change: AttributeChange = {
    at: event.occurredAt,
    position: Number(event.position),
    segment,
    country,
    product,
    custom: dimensions,
  };
  return withEras({ ...lead, given, changes: changesAttributes ? inOrder(lead.changes, change) : lead.changes });
}

const assigned = (lead: LeadHistory, entry: Assignment): LeadHistory =>
  withEras({ ...lead, assignments: inOrder(lead.assignments, entry) });

function entered(lead: LeadHistory, stage: number, event: RecordedEvent, context: FoldContext): LeadHistory {
  return { ...lead, stages: [...lead.stages, stageEntry(stage, event, event.data() as Assumable, context)] }; // every stage event may be assumed
}

function stageAnnulled(lead: LeadHistory, revision: number): LeadHistory {
  const stages = lead.stages.filter((entry) => entry.revision !== revision);
  const assignments = lead.assignments.filter((entry) => entry.revision !== revision);
  if (assignments.length === lead.assignments.length) return { ...lead, stages };
  return withEras({ ...lead, stages, assignments });
}

function touched(lead: LeadHistory, step: TouchStep): LeadStep {
  if (step.touches === lead.touches) return { lead, chunk: null };
  const next = { ...lead, touches: step.touches };
  // Any other touch says nothing about the lead.
  return { lead: firstTouch(step.touches) === firstTouch(lead.touches) ? next : withEras(next), chunk: step.chunk };
}

function touchOf(event: RecordedEvent) {
  const { touchId, channel, campaign, content, source } = event.data() as LeadTouchedData; // the type says so
  return { touchId, at: event.occurredAt, position: Number(event.position), channel, campaign, content, source };
}

function stageEntry(stage: number, event: RecordedEvent, data: Assumable, context: FoldContext): StageEntry {
  return { ...momentOf(event, data, context), stage, pass: event.pass ?? 1, revision: event.revision };
}

const assignment = (event: RecordedEvent, owner: string | null, team: string | null, revision: number): Assignment => ({
  at: event.occurredAt,
  position: Number(event.position),
  owner,
  team,
  revision,
});

const withEras = (lead: LeadHistory): LeadHistory => ({ ...lead, eras: leadEras(lead, lead.eras) });
