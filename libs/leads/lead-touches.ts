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

/** The standing or annulled touch of this id. On a long chain that grows, the next look-up goes on from what the last one knew. */
export function findTouch(touches: LeadTouch | null, touchId: string): TouchedEvent | null {
  if (touches === null) return null;
  const newer: LeadTouch[] = [];
  let known: Map<string, TouchedEvent> | undefined;
  for (let touch: LeadTouch | null = touches; touch !== null && known === undefined; touch = touch.before) {
    known = BY_ID.get(touch);
    if (known === undefined) newer.push(touch);
    // The memory moves on with the chain: whoever goes another way from here has to look for itself.
    else BY_ID.delete(touch);
  }
  if (known === undefined && newer.length < LONG)
    return newer.find(({ event }) => event.data.touchId === touchId)?.event ?? null;
  known ??= new Map();
  for (const { event } of newer.reverse()) known.set(event.data.touchId, event);
  BY_ID.set(touches, known);
  return known.get(touchId) ?? null;
}

/** Touches from which on walking the chain for each command costs more than remembering it. */
const LONG = 64;
/** All touches of a chain, by its newest one. */
const BY_ID = new WeakMap<LeadTouch, Map<string, TouchedEvent>>();

export function findAnnulment(annulments: TouchAnnulment | null, touchId: string): TouchAnnulledEvent | null {
  for (let one = annulments; one !== null; one = one.before) {
    if (one.event.data.touchId === touchId) return one.event;
  }
  return null;
}
