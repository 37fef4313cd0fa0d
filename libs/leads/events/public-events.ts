import { TEAMS } from '#kernel/envelope.js';
import type { PublicEvents } from '#publishing/public-event.js';
import {
  day,
  flag,
  list,
  mapOf,
  oneOf,
  optional,
  orNull,
  personal,
  record,
  text,
  whole,
  withheld,
  type Shape,
} from '#publishing/shape.js';
import type { IdentityEvent } from './identity-events.js';
import { TOUCH_OUTCOMES, type ExternalId, type LeadEvent, type LeadReviewedData } from './lead-events.js';

const assumed = optional(list(oneOf(['occurredAt'])));
const team = orNull(oneOf(TEAMS));
const externalIds = list(record<ExternalId>({ system: text, id: text }));
const origin = {
  channel: orNull(text),
  source: orNull(text),
  medium: orNull(text),
  campaign: orNull(text),
  content: orNull(text),
};
/** Scores and flags; a text may be anything that somebody typed. */
const evidenceValue: Shape<string | number | boolean> = {
  schema: { type: ['number', 'boolean', 'null'], description: 'null where the evidence is a text' },
  copy: (value) => (typeof value === 'string' ? null : value),
};
const review = {
  phase: oneOf<LeadReviewedData['phase']>(['intake', 'outcome']),
  quality: orNull(whole),
  needs: list(text),
  challenges: list(text),
  helped: list(text),
  wentWrong: list(text),
};

/** What others may know of a lead. */
export const LEAD_PUBLIC_EVENTS = {
  'lead.created': {
    version: 1,
    summary: 'A prospective customer is known.',
    fields: {
      ...origin,
      person: personal,
      company: orNull(text),
      externalIds,
      segment: orNull(text),
      country: orNull(text),
      product: orNull(text),
      dimensions: mapOf(text),
      owner: orNull(text),
      ownerTeam: team,
      channelRule: orNull(text),
      assumed,
    },
  },
  'lead.details-changed': {
    version: 1,
    summary: 'Details of a lead are other ones now; only those that changed are given.',
    fields: {
      person: personal,
      company: optional(orNull(text)),
      externalIds: optional(externalIds),
      channel: optional(origin.channel),
      source: optional(origin.source),
      medium: optional(origin.medium),
      campaign: optional(origin.campaign),
      content: optional(origin.content),
      segment: optional(orNull(text)),
      country: optional(orNull(text)),
      product: optional(orNull(text)),
      dimensions: optional(mapOf(orNull(text))),
      assumed,
    },
  },
  'lead.touched': {
    version: 1,
    summary: 'Marketing or sales and the lead were in touch, or tried.',
    fields: {
      ...origin,
      touchId: text,
      member: orNull(text),
      team,
      kind: text,
      channelRule: orNull(text),
      direction: orNull(oneOf(['inbound', 'outbound'])),
      automated: flag,
      outcome: orNull(oneOf(TOUCH_OUTCOMES)),
      recordingUrl: withheld('it leads to the recording of a person'),
      note: personal,
      assumed,
    },
  },
  'lead.touch-annulled': {
    version: 1,
    summary: 'A touch that was recorded did not happen.',
    fields: { touchId: text, reason: personal },
  },
  'lead.assigned': {
    version: 1,
    summary: 'A lead has another owner, or none.',
    fields: { owner: orNull(text), team, assumed },
  },
  'lead.mql-qualified': {
    version: 1,
    summary: 'A lead meets the definition of a marketing-qualified lead.',
    fields: { definition: text, evidence: list(record({ rule: text, value: evidenceValue })), assumed },
  },
  'lead.accepted': {
    version: 1,
    summary: 'Sales agrees to work a lead (SAL).',
    fields: { becomesOwner: orNull(text), note: personal, assumed },
  },
  'lead.rejected': {
    version: 1,
    summary: 'Sales gives a lead back to marketing.',
    fields: { reason: text, note: personal, assumed },
  },
  'lead.sql-qualified': {
    version: 1,
    summary: 'Sales found a real need (SQL).',
    fields: { note: personal, assumed },
  },
  'lead.recycled': {
    version: 1,
    summary: 'A lead goes back to be nurtured, perhaps until a day.',
    fields: { reason: text, until: orNull(day), note: personal, assumed },
  },
  'lead.disqualified': {
    version: 1,
    summary: 'A lead will never buy.',
    fields: { reason: text, note: personal, assumed },
  },
  'lead.reopened': {
    version: 1,
    summary:
      'A lead that had left is back: as a correction of its exit (`annuls` is the exit’s revision), or on a new pass.',
    fields: { mode: oneOf(['correction', 'new-pass']), annuls: orNull(whole), note: personal, assumed },
  },
  'lead.stage-annulled': {
    version: 1,
    summary: 'A stage was recorded by mistake; `annuls` is the revision of that event.',
    fields: { annuls: whole, stage: oneOf(['mql', 'sal', 'sql']), cancelsPass: flag, reason: personal },
  },
  'lead.reviewed': {
    version: 1,
    summary: 'Somebody judged a lead: how good it was, what it needed, what helped.',
    fields: { ...review, note: personal },
  },
  'identity.claimed': { isPrivate: 'it holds the digest of an e-mail address' },
  'identity.released': { isPrivate: 'it holds the digest of an e-mail address' },
} satisfies PublicEvents<LeadEvent | IdentityEvent>;
