import type { Actor } from '#kernel/envelope.js';
import type { StreamEvent } from '#kernel/decider.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { assignedBy, type Assignment } from './lead-owner.js';
import { detailsAfter, NO_DETAILS } from './lead-details.js';
import { exitOf, furthestStage, stepsAfter, type Step } from './lead-steps.js';
import type { LeadTouch, TouchAnnulment } from './lead-touches.js';
import type { LeadDetails, LeadEvent, LeadReviewedData, LeadStage } from './events/lead-events.js';

/** A recorded event of a lead's stream as the fold takes it. */
export type RecordedLeadEvent = StreamEvent<LeadEvent>;

/** What the lead's own stream says; opportunity, customer and lost come from its deals (`lead-deals.ts`). */
export interface LeadState {
  /** null until it is created. */
  readonly id: Uuid | null;
  /** Of the last event; -1 before the first. */
  readonly revision: number;
  readonly createdAt: Instant | null;
  readonly details: LeadDetails;
  /** Every e-mail and external id that it ever had, so that claims left behind by a crash can be told from valid ones. */
  readonly everEmails: readonly string[];
  readonly everExternalIds: LeadDetails['externalIds'];
  /** The stage events, exits and openings of passes that stand (are not taken back), in the order recorded. */
  readonly steps: readonly Step[];
  /** The stage event, exit, opening, annulment or reopening recorded last, standing or not: tells a repeat. */
  readonly lastStep: RecordedLeadEvent | null;
  /** Derived from `steps`: where the lead stands and in which pass. */
  readonly stage: LeadStage;
  readonly pass: number;
  /** Passes ever opened, cancelled ones included; a number is never used twice. */
  readonly passes: number;
  /** In order of occurredAt; the last one is in charge. */
  readonly assignments: readonly Assignment[];
  /** Newest first, as chains: adding one costs the same at 10 and at 10,000. */
  readonly touches: LeadTouch | null;
  readonly annulledTouches: TouchAnnulment | null;
  readonly reviews: readonly { readonly by: string; readonly pass: number; readonly review: LeadReviewedData }[];
}

export const initialLead: LeadState = {
  id: null,
  revision: -1,
  createdAt: null,
  details: NO_DETAILS,
  everEmails: [],
  everExternalIds: [],
  steps: [],
  lastStep: null,
  stage: 'lead',
  pass: 0,
  passes: 0,
  assignments: [],
  touches: null,
  annulledTouches: null,
  reviews: [],
};

/** The pure fold of a lead's stream. An unknown event type changes nothing. */
export function evolveLead(state: LeadState, event: RecordedLeadEvent): LeadState {
  return { ...change(state, event), revision: event.revision };
}

function change(state: LeadState, event: RecordedLeadEvent): LeadState {
  switch (event.type) {
    case 'lead.created':
      return withSteps(
        withDetails(
          {
            ...state,
            id: event.leadId,
            createdAt: event.occurredAt,
            assignments: assignedBy(state.assignments, event),
          },
          event,
        ),
        event,
      );
    case 'lead.details-changed':
      return withDetails(state, event);
    case 'lead.touched':
      return { ...state, touches: { event, before: state.touches } };
    case 'lead.touch-annulled':
      return { ...state, annulledTouches: { event, before: state.annulledTouches } };
    case 'lead.assigned':
      return { ...state, assignments: assignedBy(state.assignments, event) };
    case 'lead.accepted':
    case 'lead.stage-annulled':
      return withSteps({ ...state, assignments: assignedBy(state.assignments, event) }, event);
    case 'lead.mql-qualified':
    case 'lead.sql-qualified':
    case 'lead.rejected':
    case 'lead.recycled':
    case 'lead.disqualified':
    case 'lead.reopened':
      return withSteps(state, event);
    case 'lead.reviewed':
      return {
        ...state,
        reviews: [...state.reviews, { by: event.actor.id, pass: event.pass ?? state.pass, review: event.data }],
      };
    default:
      return state;
  }
}

function withDetails(
  state: LeadState,
  event: Extract<RecordedLeadEvent, { type: 'lead.created' | 'lead.details-changed' }>,
): LeadState {
  const details = detailsAfter(state.details, event);
  const email = details.person?.email ?? null;
  const known = (system: string, id: string): boolean =>
    state.everExternalIds.some((one) => one.system === system && one.id === id);
  return {
    ...state,
    details,
    everEmails: email === null || state.everEmails.includes(email) ? state.everEmails : [...state.everEmails, email],
    everExternalIds: [...state.everExternalIds, ...details.externalIds.filter((one) => !known(one.system, one.id))],
  };
}

function withSteps(state: LeadState, event: RecordedLeadEvent): LeadState {
  const steps = stepsAfter(state.steps, event, state.passes);
  const pass = steps.at(-1)?.pass ?? 0;
  return {
    ...state,
    steps,
    lastStep: event,
    pass,
    passes: Math.max(state.passes, event.pass ?? 0),
    stage: furthestStage(steps, pass),
  };
}

/** The number that the next pass gets. */
export const nextPass = (lead: LeadState): number => lead.passes + 1;

/** Who is in charge by the latest assignment (in order of occurredAt). */
export const ownerOf = (lead: LeadState): Pick<Assignment, 'owner' | 'team'> =>
  lead.assignments.at(-1) ?? { owner: null, team: null };

/** Who closed the lead, while it is closed. */
export const closedBy = (lead: LeadState): Actor | null => exitOf(lead.steps, lead.pass)?.actor ?? null;
