import type { Uuid } from '#kernel/ids.js';
import { refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import type { FiguresDeps } from '#figures/report/sight.js';
import { answerSession, type SessionAnswer } from '../read/session/answer-sessions.js';
import { answerLeadReviews, type LeadReviewsAnswer } from './lead-reviews.js';

/** A lead review as a document: what was decided, who does what, how much of the queue was reviewed, and the report of its scope. */
export interface SessionReport {
  readonly session: Omit<SessionAnswer, 'queue'>;
  /** Of the queue: how many items there were and were reviewed, by phase. */
  readonly progress: Readonly<Record<'intake' | 'outcome', { readonly queued: number; readonly reviewed: number }>>;
  readonly report: LeadReviewsAnswer;
}

/** Throws `REVIEW.NOT_FOUND`, 400 `QUERY.*`, 503 `READ_MODEL.BEHIND`. */
export async function answerSessionReport(deps: FiguresDeps, id: Uuid, query: Query): Promise<SessionReport> {
  refuseUnknown(query, ['minPosition', 'knownAt', 'by', 'format']);
  const { by, format: _format, ...moment } = query;
  const { queue, ...session } = await answerSession(deps, id, moment);
  const { from, to, owner, segment, channel } = session.scope;
  const filters = Object.fromEntries(Object.entries({ owner, segment, channel }).filter(([, value]) => value !== null));
  const report = await answerLeadReviews(deps, {
    ...moment,
    ...(by === undefined ? {} : { by }),
    from,
    to,
    ...filters,
  });
  const of = (phase: 'intake' | 'outcome') => {
    const items = queue.filter((item) => item.phase === phase);
    return { queued: items.length, reviewed: items.filter(({ reviewed }) => reviewed).length };
  };
  return { session, progress: { intake: of('intake'), outcome: of('outcome') }, report };
}
