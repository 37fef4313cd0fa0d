import type { PublicEvents } from '#publishing/public-event.js';
import { day, id, list, oneOf, orNull, personal, record, text, whole } from '#publishing/shape.js';
import { REVIEW_PHASES, type QueueItem, type ReviewEvent, type ReviewScope } from './review-events.js';

const queue = list(record<QueueItem>({ lead: id, pass: whole, phase: oneOf(REVIEW_PHASES) }));

/** What others may know of the sessions in which leads are reviewed. */
export const REVIEW_PUBLIC_EVENTS = {
  'review.opened': {
    version: 1,
    summary: 'A lead review begins, with a fixed queue.',
    fields: {
      scope: record<ReviewScope>({
        from: day,
        to: day,
        owner: orNull(text),
        segment: orNull(text),
        channel: orNull(text),
      }),
      asOf: text,
      queue,
    },
  },
  'review.decided': {
    version: 1,
    summary: 'Both teams agree on something.',
    fields: { decisionId: id, text: personal },
  },
  'review.action-added': {
    version: 1,
    summary: 'Somebody is to do something by a day.',
    fields: { actionId: id, text: personal, owner: text, due: day },
  },
  'review.action-done': { version: 1, summary: 'An action is done.', fields: { actionId: id, note: personal } },
  'review.closed': {
    version: 1,
    summary: 'A lead review ends; what was not reviewed is listed.',
    fields: { notReviewed: queue },
  },
} satisfies PublicEvents<ReviewEvent>;
