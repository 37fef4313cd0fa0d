import type { Instant } from '#kernel/time.js';
import { before, inOrder } from './order.js';

/** Where the lead came from; null: not given. */
export interface GivenOrigin {
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly content: string | null;
  readonly source: string | null;
}

/**
 * The touches of one lead, as far as "the first standing touch" can ever depend on them. The earliest stand in `head`; all others are a log of
 * touches and annulments, cut into chunks of a fixed number of entries that are written once, so that an event's cost does not grow with the
 * touches before it. Only when annulments have emptied the head are the chunks read again.
 */
export interface Touches {
  /** The earliest standing touches by (at, position), at most `HEAD`. */
  readonly head: readonly TouchEntry[];
  /** Newest part of the log, at most `CHUNK` entries, as recorded. */
  readonly tail: readonly TouchLogEntry[];
  /** Chunks written before. */
  readonly chunks: number;
  /** Touches outside the head that may still stand; 0: the head is all there is. */
  readonly elsewhere: number;
  /** Lower bound of their (at, position). */
  readonly bound: { readonly at: Instant; readonly position: number } | null;
}

export interface TouchEntry extends GivenOrigin {
  readonly touchId: string;
  readonly at: Instant;
  readonly position: number;
  /** See `sideOf`. */
  readonly side: string | null;
}

/** A touch, or the id of one that no longer counts here (annulled, or moved into the head). */
export type TouchLogEntry = TouchEntry | { readonly gone: string };

export const HEAD = 64;
export const CHUNK = 64;

export const NO_TOUCHES: Touches = { head: [], tail: [], chunks: 0, elsewhere: 0, bound: null };

/** `chunk` is the log's next piece, to be kept under the number `chunks - 1` of the new state. */
export interface TouchStep {
  readonly touches: Touches;
  readonly chunk: readonly TouchLogEntry[] | null;
}

export const firstTouch = (touches: Touches): TouchEntry | null => touches.head[0] ?? null;

export function addTouch(touches: Touches, touch: TouchEntry): TouchStep {
  // Nothing outside may lie before something inside.
  if (touches.bound === null || before(touch, touches.bound)) {
    const head = inOrder(touches.head, touch);
    const last = head[HEAD];
    if (last === undefined) return { touches: { ...touches, head }, chunk: null };
    return logged({ ...touches, head: head.slice(0, HEAD), bound: last, elsewhere: touches.elsewhere + 1 }, last);
  }
  return logged({ ...touches, elsewhere: touches.elsewhere + 1 }, touch);
}

/** `readLog` gives all chunks' entries in order; called only when this annulment empties the head while others stand elsewhere. */
export function annulTouch(touches: Touches, touchId: string, readLog: () => readonly TouchLogEntry[]): TouchStep {
  const head = touches.head.filter((touch) => touch.touchId !== touchId);
  if (head.length === touches.head.length) {
    return touches.elsewhere === 0 ? { touches, chunk: null } : logged(touches, { gone: touchId });
  }
  if (head.length > 0 || touches.elsewhere === 0) return { touches: { ...touches, head }, chunk: null };
  return refilled(touches, readLog());
}

/** Whether so many annulments might empty the head, so that the chunks must be at hand. */
export const mayNeedLog = (touches: Touches, annulments: number): boolean =>
  touches.chunks > 0 && touches.head.length <= annulments;

/** All touches that stand; `log`: all chunks' entries in order. */
export function standingTouches(touches: Touches, log: readonly TouchLogEntry[]): readonly TouchEntry[] {
  const outside = new Map<string, TouchEntry>();
  for (const entry of [...log, ...touches.tail]) {
    if ('gone' in entry) outside.delete(entry.gone);
    else outside.set(entry.touchId, entry);
  }
  return [...touches.head, ...outside.values()];
}

function logged(touches: Touches, entry: TouchLogEntry): TouchStep {
  const tail = [...touches.tail, entry];
  if (tail.length < CHUNK) return { touches: { ...touches, tail }, chunk: null };
  return { touches: { ...touches, tail: [], chunks: touches.chunks + 1 }, chunk: tail };
}

/** The next earliest move into the head; the tail becomes one chunk together with their leaving. */
function refilled(touches: Touches, log: readonly TouchLogEntry[]): TouchStep {
  const ordered = [...standingTouches({ ...touches, head: [] }, log)].sort((a, b) => (before(a, b) ? -1 : 1));
  const head = ordered.slice(0, HEAD);
  const chunk = [...touches.tail, ...head.map((touch) => ({ gone: touch.touchId }))];
  return {
    touches: {
      head,
      tail: [],
      chunks: touches.chunks + 1,
      elsewhere: ordered.length - head.length,
      bound: ordered[HEAD] ?? null,
    },
    chunk,
  };
}
