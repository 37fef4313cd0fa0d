import type { Actor, RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import { START } from '#kernel/position.js';
import { instantText } from '#kernel/time.js';
import { instantOf, positionOfQuery, refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type ReadSide } from '#platform/questions/read-side.js';
import { wireData } from '#platform/questions/wire.js';
import { LEAD_PARAMETERS, notFound } from '../lead/answer-lead.js';
import { historyOfLead } from '../lead/lead-history.js';

/** One line of a lead's history, with the event behind it. */
export interface TimelineItem {
  readonly eventId: string;
  readonly type: string;
  /** Of the deal that it belongs to; null for the lead's own events. */
  readonly deal: string | null;
  readonly revision: number;
  readonly position: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly pass: number | null;
  readonly data: unknown;
}

export interface TimelineAnswer {
  readonly asOf: AsOf;
  readonly items: readonly TimelineItem[];
}

/**
 * Who touched this lead, when, from which team, with what outcome: every event of the lead and of its deals in the order in which the
 * ledger learnt of them, now or as it knew them at `knownAt`. Read from the ledger itself, so there is nothing to wait for.
 * Throws `LEAD.NOT_FOUND`, `QUERY.*`.
 */
export async function answerTimeline(side: ReadSide, id: Uuid, query: Query): Promise<TimelineAnswer> {
  refuseUnknown(query, LEAD_PARAMETERS);
  positionOfQuery(query, 'minPosition');
  const knownAt = instantOf(query, 'knownAt');
  const upTo = knownAt === undefined ? undefined : await side.eventStore.positionAt(knownAt);
  const history = await historyOfLead(side.eventStore, id, upTo);
  if (history.length === 0) notFound(id);
  const position = upTo ?? history.at(-1)?.position ?? START;
  return { asOf: await asOf(side.eventStore, position, knownAt ?? null), items: history.map(timelineItem) };
}

const timelineItem = (event: RecordedEvent): TimelineItem => ({
  eventId: event.eventId,
  type: event.type,
  deal: event.stream.startsWith('deal-') ? event.stream.slice('deal-'.length) : null,
  revision: event.revision,
  position: event.position.toString(),
  occurredAt: instantText(event.occurredAt),
  recordedAt: instantText(event.recordedAt),
  actor: { id: event.actor.id, team: event.actor.team },
  pass: event.pass,
  data: wireData(event.data()),
});
