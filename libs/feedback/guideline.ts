import type { StreamEvent } from '#kernel/decider.js';
import type { Instant } from '#kernel/time.js';
import type { GuidelineEvent, GuidelinePublishedData } from './events/guideline-events.js';

export type RecordedGuidelineEvent = StreamEvent<GuidelineEvent>;

export interface PublishedVersion extends GuidelinePublishedData {
  readonly publishedAt: Instant;
  readonly publishedBy: string;
}

export interface GuidelineState {
  readonly versions: readonly PublishedVersion[];
  /** By member: the greatest version that they acknowledged, and when. */
  readonly acknowledged: ReadonlyMap<string, { readonly version: number; readonly at: Instant }>;
}

export const initialGuideline: GuidelineState = { versions: [], acknowledged: new Map() };

/** The pure fold of a guideline's stream. An unknown event type changes nothing. */
export function evolveGuideline(state: GuidelineState, event: RecordedGuidelineEvent): GuidelineState {
  switch (event.type) {
    case 'guideline.published': {
      const version = { ...event.data, publishedAt: event.occurredAt, publishedBy: event.actor.id };
      return { ...state, versions: [...state.versions, version] };
    }
    case 'guideline.acknowledged': {
      const { member, version } = event.data;
      const acknowledged = new Map(state.acknowledged);
      if (version >= (acknowledged.get(member)?.version ?? 0))
        acknowledged.set(member, { version, at: event.occurredAt });
      return { ...state, acknowledged };
    }
    default:
      return state;
  }
}
