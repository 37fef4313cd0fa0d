import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { instantText } from '#kernel/time.js';
import { answerList, type ListAnswer } from '#platform/questions/list.js';
import { answerOne, type OneAnswer } from '#platform/questions/one.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull } from '#platform/questions/wire.js';
import { feedbackStream } from '../../events/feedback-events.js';
import { FEEDBACK_LIST, FEEDBACK_PROCESSOR } from '../feedback-views.js';
import { projectFeedback, type FeedbackDocument } from './feedback-document.js';

type Moments = 'givenAt' | 'acknowledgedAt' | 'resolvedAt' | 'answers';

export interface FeedbackItem extends Omit<FeedbackDocument, Moments> {
  readonly givenAt: string;
  readonly acknowledgedAt: string | null;
  readonly resolvedAt: string | null;
  readonly answers: readonly { readonly by: string; readonly at: string; readonly text: string | null }[];
}

/** A page of feedback; see `answerList`. */
export const answerFeedbackList = (side: ReadSide, query: Query): Promise<ListAnswer<FeedbackItem>> =>
  answerList<FeedbackDocument, FeedbackItem>(side, FEEDBACK_LIST, query, itemOf);

/** One piece of feedback, as it stands or as it was known. Throws `FEEDBACK.NOT_FOUND`, `QUERY.*`. */
export const answerFeedback = (side: ReadSide, id: Uuid, query: Query): Promise<OneAnswer<FeedbackItem>> =>
  answerOne<FeedbackDocument, FeedbackItem>(side, query, {
    processor: FEEDBACK_PROCESSOR,
    view: FEEDBACK_LIST.view,
    id,
    stream: feedbackStream(id),
    project: projectFeedback,
    itemOf,
    notFound: () =>
      new DomainError('not-found', 'FEEDBACK.NOT_FOUND', `there is no feedback ${id}, or it was not known then`),
  });

const itemOf = (feedback: FeedbackDocument): FeedbackItem => ({
  ...feedback,
  givenAt: instantText(feedback.givenAt),
  acknowledgedAt: instantOrNull(feedback.acknowledgedAt),
  resolvedAt: instantOrNull(feedback.resolvedAt),
  answers: feedback.answers.map((answer) => ({ ...answer, at: instantText(answer.at) })),
});
