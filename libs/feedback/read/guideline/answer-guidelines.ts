import { DomainError } from '#kernel/errors.js';
import { instantText, type Instant } from '#kernel/time.js';
import { answerList, type ListAnswer } from '#platform/questions/list.js';
import { answerOne, type OneAnswer } from '#platform/questions/one.js';
import { valueOf, type Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import type { TeamRoster } from '#platform/roster.js';
import { guidelineStream } from '../../events/guideline-events.js';
import { FEEDBACK_PROCESSOR, GUIDELINE_LIST } from '../feedback-views.js';
import { projectGuideline, type GuidelineDocument } from './guideline-document.js';

export interface GuidelineItem extends Omit<GuidelineDocument, 'publishedAt' | 'acknowledged'> {
  readonly publishedAt: string;
  readonly acknowledged: readonly { readonly member: string; readonly version: number; readonly at: string }[];
  /** Members of its teams who have not acknowledged this version; who joined today has it open as well. */
  readonly open: readonly string[];
}

/** The parameter that asks for what one member has open. */
export const OPEN_FOR = 'openFor';

/** A page of guidelines; with `openFor` only those that this member has not acknowledged yet. See `answerList`. */
export async function answerGuidelines(
  side: ReadSide,
  roster: TeamRoster,
  query: Query,
  now: Instant,
): Promise<ListAnswer<GuidelineItem>> {
  const asked = valueOf(query, OPEN_FOR);
  const member = asked === undefined ? null : await roster.resolve(asked);
  const rest: Query = Object.fromEntries(Object.entries(query).filter(([name]) => name !== OPEN_FOR));
  const answer = await answerList<GuidelineDocument, GuidelineDocument>(side, GUIDELINE_LIST, rest, (found) => found);
  const items = await Promise.all(answer.items.map((found) => itemOf(found, roster, now)));
  return { ...answer, items: member === null ? items : items.filter(({ open }) => open.includes(member)) };
}

/** One guideline, as it stands or as it was known. Throws `GUIDELINE.NOT_FOUND`, `QUERY.*`. */
export async function answerGuideline(
  side: ReadSide,
  roster: TeamRoster,
  name: string,
  query: Query,
  now: Instant,
): Promise<OneAnswer<GuidelineItem>> {
  const { asOf, warnings, ...found } = await answerOne<GuidelineDocument, GuidelineDocument>(side, query, {
    processor: FEEDBACK_PROCESSOR,
    view: GUIDELINE_LIST.view,
    id: name,
    stream: guidelineStream(name),
    project: projectGuideline,
    itemOf: (guideline) => guideline,
    notFound: () =>
      new DomainError('not-found', 'GUIDELINE.NOT_FOUND', 'there is no such guideline, or it was not known then'),
  });
  const at = asOf.knownAt === null ? now : Date.parse(asOf.knownAt);
  return { ...(await itemOf(found, roster, at)), asOf, warnings };
}

async function itemOf(guideline: GuidelineDocument, roster: TeamRoster, at: Instant): Promise<GuidelineItem> {
  const done = new Set(
    guideline.acknowledged.filter(({ version }) => version >= guideline.version).map(({ member }) => member),
  );
  return {
    ...guideline,
    publishedAt: instantText(guideline.publishedAt),
    acknowledged: guideline.acknowledged.map((one) => ({ ...one, at: instantText(one.at) })),
    open: (await roster.membersAt(guideline.teams, at)).filter((member) => !done.has(member)),
  };
}
