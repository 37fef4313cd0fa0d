import type { StreamEvent } from '#kernel/decider.js';
import type { LeadEvent } from './events/lead-events.js';

export type TouchedEvent = Extract<StreamEvent<LeadEvent>, { type: 'lead.touched' }>;
export type TouchAnnulledEvent = Extract<StreamEvent<LeadEvent>, { type: 'lead.touch-annulled' }>;

/** A chain, newest first. It holds the events themselves, so that folding reads no payload. */
export interface LeadTouch {
  readonly event: TouchedEvent;
  readonly before: LeadTouch | null;
}

export interface TouchAnnulment {
  readonly event: TouchAnnulledEvent;
  readonly before: TouchAnnulment | null;
}

export function findTouch(touches: LeadTouch | null, touchId: string): TouchedEvent | null {
  for (let touch = touches; touch !== null; touch = touch.before) {
    if (touch.event.data.touchId === touchId) return touch.event;
  }
  return null;
}

export function findAnnulment(annulments: TouchAnnulment | null, touchId: string): TouchAnnulledEvent | null {
  for (let one = annulments; one !== null; one = one.before) {
    if (one.event.data.touchId === touchId) return one.event;
  }
  return null;
}
