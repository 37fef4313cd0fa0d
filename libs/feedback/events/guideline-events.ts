import type { DomainEvent, Team } from '#kernel/envelope.js';

/** A version of a document that teams agreed to work by. */
export interface GuidelinePublishedData {
  /** `[a-z0-9-]{1,64}`; the stream's name and the document's for ever. */
  readonly name: string;
  /** One more than the version before it. */
  readonly version: number;
  readonly title: string;
  readonly text: string;
  /** Whose members have it open until they acknowledged this version. */
  readonly teams: readonly Team[];
}

export interface GuidelineAcknowledgedData {
  readonly version: number;
  /** Handle of the member. */
  readonly member: string;
}

export type GuidelineEvent =
  | DomainEvent<'guideline.published', GuidelinePublishedData>
  | DomainEvent<'guideline.acknowledged', GuidelineAcknowledgedData>;

export const GUIDELINE_EVENT_TYPES = [
  'guideline.published',
  'guideline.acknowledged',
] as const satisfies readonly GuidelineEvent['type'][];

export const guidelineStream = (name: string): string => `guideline-${name}`;
