import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent, Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { DocumentView } from '#subscriptions/processor.js';
import { GUIDELINE_EVENT_TYPES, type GuidelineEvent } from '../../events/guideline-events.js';

export interface Acknowledgement {
  readonly member: string;
  readonly version: number;
  readonly at: Instant;
}

/** A guideline's standing version, and who acknowledged which. */
export interface GuidelineDocument {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly teams: readonly Team[];
  readonly publishedBy: string;
  readonly publishedAt: Instant;
  /** Each member's latest, in the order in which they first acknowledged any. */
  readonly acknowledged: readonly Acknowledgement[];
}

export const GUIDELINE_VIEW: DocumentView<GuidelineDocument> = {
  view: 'guideline',
  types: GUIDELINE_EVENT_TYPES,
  idsOf: (event) => [event.stream.slice('guideline-'.length)],
  project: projectGuideline,
};

/** The guideline after an event of its stream. */
export function projectGuideline(
  guideline: GuidelineDocument | null,
  recorded: RecordedEvent,
  id: string,
): GuidelineDocument | null {
  const event = streamEvent<GuidelineEvent>(recorded);
  switch (event.type) {
    case 'guideline.published':
      return {
        ...event.data,
        id,
        revision: event.revision,
        publishedBy: event.actor.id,
        publishedAt: event.occurredAt,
        acknowledged: guideline?.acknowledged ?? [],
      };
    case 'guideline.acknowledged': {
      if (guideline === null) return null;
      const { member, version } = event.data;
      const one = { member, version, at: event.occurredAt };
      const known = guideline.acknowledged.findIndex((before) => before.member === member);
      const acknowledged = known < 0 ? [...guideline.acknowledged, one] : guideline.acknowledged.with(known, one);
      return { ...guideline, revision: event.revision, acknowledged };
    }
    default:
      return guideline;
  }
}
