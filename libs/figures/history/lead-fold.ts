import type {
  LeadAcceptedData,
  LeadAssignedData,
  LeadCreatedData,
  LeadDetailsChangedData,
  LeadExitData,
  LeadReopenedData,
  LeadReviewedData,
  LeadTouchedData,
  StageAnnulledData,
  TouchAnnulledData,
} from '#leads/events/lead-events.js';
import { leadEras } from './eras.js';
import type { FoldContext } from './fold-context.js';
import type { Happening } from './happening.js';
import {
  LEAD,
  MQL,
  SAL,
  SQL,
  type Assignment,
  type AttributeChange,
  type Exit,
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
  type TouchEntry,
  type TouchLogEntry,
  type TouchStep,
} from './touches.js';
import { withReview } from './reviews.js';
import { NO_WORK, sideOf, withoutTouch, withTouch, type Work } from './work.js';

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
  exits: [],
  work: NO_WORK,
  reviews: [],
  creator: null,
  eras: [],
};

interface LeadStep {
  readonly lead: LeadHistory;
  readonly chunk: readonly TouchLogEntry[] | null;
}

/** What an event of the lead's own stream changes; types that C never reads change nothing. */
export function foldLead(lead: LeadHistory, happening: Happening, context: FoldContext): LeadStep {
  switch (happening.type) {
    case 'lead.touched': {
      const data = happening.source.data() as LeadTouchedData; // the type says so
      const work = withTouch(lead.work, data, happening.at, happening.position);
      return touched(lead, addTouch(lead.touches, touchOf(data, happening, context)), work);
    }
    case 'lead.touch-annulled': {
      const { touchId } = happening.source.data() as TouchAnnulledData; // the type says so
      const step = annulTouch(lead.touches, touchId, context.touchLog);
      const log = (): readonly TouchLogEntry[] =>
        step.chunk === null ? context.touchLog() : [...context.touchLog(), ...step.chunk];
      return touched(lead, step, withoutTouch(lead.work, touchId, step.touches, log));
    }
    default:
      return { lead: foldRest(lead, happening, context), chunk: null };
  }
}

function foldRest(lead: LeadHistory, happening: Happening, context: FoldContext): LeadHistory {
  // Casts below: the event's type names its data.
  switch (happening.type) {
    case 'lead.created':
      return created(lead, happening, happening.source.data() as LeadCreatedData, context);
    case 'lead.details-changed':
      return detailsChanged(lead, happening, happening.source.data() as LeadDetailsChangedData);
    case 'lead.assigned': {
      const { owner, team } = happening.source.data() as LeadAssignedData;
      return assigned(lead, assignment(happening, owner, team, -1));
    }
    case 'lead.mql-qualified':
      return entered(lead, MQL, happening, context);
    case 'lead.accepted': {
      const { becomesOwner } = happening.source.data() as LeadAcceptedData;
      const accepted = entered(lead, SAL, happening, context);
      return becomesOwner === null
        ? accepted
        : assigned(
            accepted,
            assignment(happening, becomesOwner, happening.source.actor.team, happening.source.revision),
          );
    }
    case 'lead.sql-qualified':
      return entered(lead, SQL, happening, context);
    case 'lead.rejected':
      return left(lead, 'rejected', happening, context);
    case 'lead.recycled':
      return left(lead, 'recycled', happening, context);
    case 'lead.disqualified':
      return left(lead, 'disqualified', happening, context);
    case 'lead.reopened': {
      const { mode, annuls } = happening.source.data() as LeadReopenedData;
      if (mode === 'new-pass') return entered(lead, LEAD, happening, context);
      return { ...lead, exits: lead.exits.filter(({ revision }) => revision !== annuls) };
    }
    case 'lead.reviewed':
      return reviewed(lead, happening, happening.source.data() as LeadReviewedData);
    case 'lead.stage-annulled':
      return stageAnnulled(lead, (happening.source.data() as StageAnnulledData).annuls);
    default:
      return lead;
  }
}

function created(lead: LeadHistory, happening: Happening, data: LeadCreatedData, context: FoldContext): LeadHistory {
  const moment = momentOf(happening, data, context);
  const { campaign, content, source, segment, country, product } = data;
  return withEras({
    ...lead,
    created: moment,
    creator: happening.source.actor.team,
    given: { channel: channelIn(data, context), campaign, content, source },
    baseline: { segment, country, product, custom: data.dimensions },
    assignments:
      data.owner === null && data.ownerTeam === null
        ? lead.assignments
        : inOrder(lead.assignments, assignment(happening, data.owner, data.ownerTeam, -1)),
    stages: [...lead.stages, stageEntry(LEAD, happening, data, context)],
  });
}

function detailsChanged(lead: LeadHistory, happening: Happening, data: LeadDetailsChangedData): LeadHistory {
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
    at: happening.at,
    position: happening.position,
    segment,
    country,
    product,
    custom: dimensions,
  };
  return withEras({ ...lead, given, changes: changesAttributes ? inOrder(lead.changes, change) : lead.changes });
}

const assigned = (lead: LeadHistory, entry: Assignment): LeadHistory =>
  withEras({ ...lead, assignments: inOrder(lead.assignments, entry) });

function entered(lead: LeadHistory, stage: number, happening: Happening, context: FoldContext): LeadHistory {
  return {
    ...lead,
    stages: [...lead.stages, stageEntry(stage, happening, happening.source.data() as Assumable, context)],
  }; // every stage event may be assumed
}

function left(lead: LeadHistory, exit: Exit['exit'], happening: Happening, context: FoldContext): LeadHistory {
  const { pass, revision } = happening.source;
  const data = happening.source.data() as LeadExitData; // exits share their content
  const moment = momentOf(happening, data, context);
  return { ...lead, exits: [...lead.exits, { ...moment, exit, reason: data.reason, pass: pass ?? 1, revision }] };
}

/** What marketing says of a lead is its answer, not a review. */
function reviewed(lead: LeadHistory, { source }: Happening, data: LeadReviewedData): LeadHistory {
  const { actor, pass } = source;
  if (actor.team === 'marketing') return lead;
  const { phase, quality, needs, challenges, helped, wentWrong } = data;
  const review = { pass: pass ?? 1, phase, by: actor.id, quality, needs, challenges, helped, wentWrong };
  return { ...lead, reviews: withReview(lead.reviews, review) };
}

function stageAnnulled(lead: LeadHistory, revision: number): LeadHistory {
  const stages = lead.stages.filter((entry) => entry.revision !== revision);
  const assignments = lead.assignments.filter((entry) => entry.revision !== revision);
  if (assignments.length === lead.assignments.length) return { ...lead, stages };
  return withEras({ ...lead, stages, assignments });
}

function touched(lead: LeadHistory, step: TouchStep, work: Work): LeadStep {
  if (step.touches === lead.touches && work === lead.work) return { lead, chunk: null };
  const next = { ...lead, touches: step.touches, work };
  // Any other touch says nothing about the lead.
  return { lead: firstTouch(step.touches) === firstTouch(lead.touches) ? next : withEras(next), chunk: step.chunk };
}

/** The channel as it was given or chosen; where the past is shown under other rules, as those choose without a given one. */
export function channelIn(
  data: Pick<LeadTouchedData, 'channel' | 'channelRule' | 'source' | 'medium' | 'campaign'>,
  { channelOf }: Pick<FoldContext, 'channelOf'>,
): string | null {
  const isGiven = data.channel !== null && data.channelRule === null;
  return isGiven || channelOf === undefined ? data.channel : channelOf(data);
}

function touchOf(data: LeadTouchedData, happening: Happening, context: FoldContext): TouchEntry {
  const { touchId, campaign, content, source } = data;
  const channel = channelIn(data, context);
  const { at, position } = happening;
  return { touchId, at, position, side: sideOf(data), channel, campaign, content, source };
}

function stageEntry(stage: number, happening: Happening, data: Assumable, context: FoldContext): StageEntry {
  return {
    ...momentOf(happening, data, context),
    stage,
    pass: happening.source.pass ?? 1,
    revision: happening.source.revision,
  };
}

const assignment = (happening: Happening, owner: string | null, team: string | null, revision: number): Assignment => ({
  at: happening.at,
  position: happening.position,
  owner,
  team,
  revision,
});

const withEras = (lead: LeadHistory): LeadHistory => ({ ...lead, eras: leadEras(lead, lead.eras) });
