import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { parsePosition } from '#kernel/position.js';
import { instantText } from '#kernel/time.js';
import { answerList, type ListAnswer } from '#platform/questions/list.js';
import { answerOne, type OneAnswer } from '#platform/questions/one.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull } from '#platform/questions/wire.js';
import { reviewStream, type QueueItem } from '../../events/review-events.js';
import { itemKey, reviewedItems } from '../../reviewed-items.js';
import { REVIEWS_PROCESSOR, SESSION_LIST } from '../review-views.js';
import { projectSession, type SessionAction, type SessionDecision, type SessionDocument } from './session-document.js';

type WithMoments<T, Moments extends keyof T> = Omit<T, Moments> & { readonly [Name in Moments]: string | null };

export interface SessionItem extends Omit<
  SessionDocument,
  'queue' | 'notReviewed' | 'openedAt' | 'closedAt' | 'decisions' | 'actions'
> {
  readonly openedAt: string;
  readonly closedAt: string | null;
  /** How many passes it is about, and how many of them were not reviewed when it was closed. */
  readonly queued: number;
  readonly notReviewed: number | null;
  readonly decisions: readonly WithMoments<SessionDecision, 'at'>[];
  readonly actions: readonly WithMoments<SessionAction, 'doneAt'>[];
}

export interface QueueLine extends QueueItem {
  readonly reviewed: boolean;
}

/** An action of an earlier review that nobody has done yet. */
export type EarlierAction = WithMoments<SessionAction, 'doneAt'> & { readonly review: string };

export interface SessionAnswer extends SessionItem {
  /** First what earlier reviews left open. */
  readonly openActions: readonly EarlierAction[];
  readonly queue: readonly QueueLine[];
}

/** A page of lead reviews; see `answerList`. */
export const answerSessions = (side: ReadSide, query: Query): Promise<ListAnswer<SessionItem>> =>
  answerList<SessionDocument, SessionItem>(side, SESSION_LIST, query, itemOf);

/** One lead review with its queue, as it stands or as it was known. Throws `REVIEW.NOT_FOUND`, `QUERY.*`. */
export async function answerSession(side: ReadSide, id: Uuid, query: Query): Promise<OneAnswer<SessionAnswer>> {
  const { asOf, warnings, ...session } = await answerOne<SessionDocument, SessionDocument>(side, query, {
    processor: REVIEWS_PROCESSOR,
    view: SESSION_LIST.view,
    id,
    stream: reviewStream(id),
    project: projectSession,
    itemOf: (found) => found,
    notFound: () =>
      new DomainError('not-found', 'REVIEW.NOT_FOUND', `there is no lead review ${id}, or it was not known then`),
  });
  const upTo = asOf.knownAt === null ? undefined : (parsePosition(asOf.position) ?? undefined);
  const reviewed = await reviewedItems(side.eventStore, session.queue, upTo);
  return {
    ...itemOf(session),
    openActions: await openBefore(side, session),
    queue: session.queue.map((item) => ({ ...item, reviewed: reviewed.has(itemKey(item)) })),
    asOf,
    warnings,
  };
}

/** Reviews are held weekly or monthly: the last 500 are many years. */
async function openBefore(side: ReadSide, session: SessionDocument): Promise<readonly EarlierAction[]> {
  const { generation } = await side.readStore.active(REVIEWS_PROCESSOR);
  const { items } = await side.readStore.find<SessionDocument>(REVIEWS_PROCESSOR, generation, SESSION_LIST.view, {
    sort: { field: 'openedAt', descending: true },
    limit: 500,
  });
  return items
    .map(({ document }) => document)
    .filter((other) => other.id !== session.id && other.openedAt <= session.openedAt)
    .flatMap((other) =>
      other.actions
        .filter(({ doneAt }) => doneAt === null)
        .map((action) => ({ ...action, doneAt: null, review: other.id })),
    )
    .sort((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0));
}

function itemOf({ queue, notReviewed, ...session }: SessionDocument): SessionItem {
  return {
    ...session,
    openedAt: instantText(session.openedAt),
    closedAt: instantOrNull(session.closedAt),
    queued: queue.length,
    notReviewed: notReviewed?.length ?? null,
    decisions: session.decisions.map((decision) => ({ ...decision, at: instantText(decision.at) })),
    actions: session.actions.map((action) => ({ ...action, doneAt: instantOrNull(action.doneAt) })),
  };
}
