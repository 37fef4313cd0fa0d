import type { DomainEvent } from '#kernel/envelope.js';
import type { Shape, Withheld } from './shape.js';

/**
 * What others may rely on of one stored event: every field of it is named, published in a shape or withheld with the reason. A change
 * that a reader could notice (a field removed, or with another meaning) is a new `version`; a field more is not.
 */
export interface PublicEvent<Data> {
  readonly version: number;
  /** One sentence in the present tense. */
  readonly summary: string;
  readonly fields: { readonly [Name in keyof Data]-?: Shape<Data[Name]> | Withheld };
}

/** An event that nobody outside needs, or should see. */
export interface PrivateEvent {
  readonly isPrivate: string;
}

/** A context's part of the contract: `{…} satisfies PublicEvents<LeadEvent>` names every type and every field, or does not compile. */
export type PublicEvents<Event extends DomainEvent> = {
  readonly [Type in Event['type']]: PublicEvent<Extract<Event, { type: Type }>['data']> | PrivateEvent;
};

/** Any context's part, when all that matters is that it is one. */
export type AnyPublicEvents = Readonly<
  Record<
    string,
    | PrivateEvent
    | {
        readonly version: number;
        readonly summary: string;
        readonly fields: Readonly<Record<string, Shape<never> | Withheld>>;
      }
  >
>;
