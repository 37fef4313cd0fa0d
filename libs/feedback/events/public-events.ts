import { TEAMS } from '#kernel/envelope.js';
import type { PublicEvents } from '#publishing/public-event.js';
import { list, oneOf, optional, personal, record, text, whole, type Shape } from '#publishing/shape.js';
import { FEEDBACK_KINDS, PARTIES, type FeedbackEvent, type FeedbackSubject } from './feedback-events.js';
import type { GuidelineEvent } from './guideline-events.js';

/** One of three; which members there are follows from `kind`. */
const about = record<{ kind: FeedbackSubject['kind']; lead?: string; campaign?: string }>({
  kind: oneOf(['lead', 'campaign', 'process']),
  lead: optional(text),
  campaign: optional(text),
}) as Shape<FeedbackSubject>; // the union's members, told apart by `kind`

/** What others may know of what the teams tell each other: that they do, not what. */
export const FEEDBACK_PUBLIC_EVENTS = {
  'feedback.given': {
    version: 1,
    summary: 'One team tells the other something about a lead, a campaign or the process.',
    fields: { from: oneOf(PARTIES), to: oneOf(PARTIES), about, kind: oneOf(FEEDBACK_KINDS), text: personal },
  },
  'feedback.acknowledged': { version: 1, summary: 'The team that it is for has seen it.', fields: {} },
  'feedback.answered': { version: 1, summary: 'The team that it is for answers.', fields: { text: personal } },
  'feedback.resolved': {
    version: 1,
    summary: 'The team that gave it says that it is settled.',
    fields: { note: personal },
  },
  'guideline.published': {
    version: 1,
    summary: 'A guideline has a new version, which is given whole.',
    fields: { name: text, version: whole, title: text, text, teams: list(oneOf(TEAMS)) },
  },
  'guideline.acknowledged': {
    version: 1,
    summary: 'A member has read a version of a guideline.',
    fields: { version: whole, member: text },
  },
} satisfies PublicEvents<FeedbackEvent | GuidelineEvent>;
