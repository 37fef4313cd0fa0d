import type { Instant } from '#kernel/time.js';
import type { CreditTouch } from './credit-history.js';

/**
 * The touches of one lead. The latest stand at hand, in order; all others are a log of touches and annulments, cut into chunks of a fixed
 * number of entries that are written once, so that an event's cost does not grow with the touches before it. Only a deal that converts, or
 * what changes the path of one that has, reads them again.
 */
export interface TouchList {
  /** The latest standing touches, oldest first: at least `AT_HAND` of them, or all that there are. */
  readonly latest: readonly CreditTouch[];
  /** Newest part of the log, fewer than `CHUNK` entries, as recorded. */
  readonly tail: readonly TouchLogEntry[];
  /** Chunks written before. */
  readonly chunks: number;
  /** Touches outside `latest` that may still stand. */
  readonly elsewhere: number;
  /** The last of them, in order; null: there are none. */
  readonly bound: Ranked | null;
}

/** A touch, or the id of one that no longer counts in the log. */
export type TouchLogEntry = CreditTouch | { readonly gone: string };

/** As much as places a touch among others. */
export interface Ranked {
  readonly at: Instant;
  readonly channel: string | null;
  readonly kind: string;
  readonly touchId: string;
}

/** What a learned model sees of a path without reading the log. */
export const AT_HAND = 64;
const MOST_AT_HAND = 2 * AT_HAND;
export const CHUNK = 64;

export const NO_TOUCHES: TouchList = { latest: [], tail: [], chunks: 0, elsewhere: 0, bound: null };

/** `chunk` is the log's next piece, to be kept under the number `chunks - 1` of the new list. */
export interface TouchStep {
  readonly touches: TouchList;
  readonly chunk: readonly TouchLogEntry[] | null;
}

/** Order of time; what fell into one moment by channel, kind and id, so that the order of arrival never matters. */
export function precedes(a: Ranked, b: Ranked): boolean {
  if (a.at !== b.at) return a.at < b.at;
  const [one, other] = [a.channel ?? '', b.channel ?? ''];
  if (one !== other) return one < other;
  if (a.kind !== b.kind) return a.kind < b.kind;
  return a.touchId < b.touchId;
}

export function addTouch(touches: TouchList, touch: CreditTouch): TouchStep {
  if (touches.bound !== null && precedes(touch, touches.bound))
    return logged({ ...touches, elsewhere: touches.elsewhere + 1 }, touch);
  const latest = inserted(touches.latest, touch);
  const [oldest] = latest;
  if (latest.length <= MOST_AT_HAND || oldest === undefined) return { touches: { ...touches, latest }, chunk: null };
  return logged({ ...touches, latest: latest.slice(1), elsewhere: touches.elsewhere + 1, bound: oldest }, oldest);
}

/** `readLog` gives all chunks' entries in order; called only when too few would be left at hand while others stand elsewhere. */
export function annulTouch(touches: TouchList, touchId: string, readLog: () => readonly TouchLogEntry[]): TouchStep {
  const latest = touches.latest.filter((touch) => touch.touchId !== touchId);
  if (latest.length === touches.latest.length)
    return touches.elsewhere === 0 ? { touches, chunk: null } : logged(touches, { gone: touchId });
  if (latest.length >= AT_HAND || touches.elsewhere === 0) return { touches: { ...touches, latest }, chunk: null };
  return refilled({ ...touches, latest }, readLog());
}

/** Every standing touch, oldest first. */
export function allTouches(touches: TouchList, readLog: () => readonly TouchLogEntry[]): readonly CreditTouch[] {
  if (touches.elsewhere === 0) return touches.latest;
  return [...outside(touches, readLog()), ...touches.latest];
}

function outside(touches: TouchList, log: readonly TouchLogEntry[]): readonly CreditTouch[] {
  const standing = new Map<string, CreditTouch>();
  for (const entry of [...log, ...touches.tail]) {
    if ('gone' in entry) standing.delete(entry.gone);
    else standing.set(entry.touchId, entry);
  }
  return [...standing.values()].sort((a, b) => (precedes(a, b) ? -1 : 1));
}

/** The last of the others move to those at hand; the tail becomes one chunk together with their leaving. */
function refilled(touches: TouchList, log: readonly TouchLogEntry[]): TouchStep {
  const others = outside(touches, log);
  const cut = Math.max(0, others.length - AT_HAND);
  const moved = others.slice(cut);
  return {
    touches: {
      latest: [...moved, ...touches.latest],
      tail: [],
      chunks: touches.chunks + 1,
      elsewhere: cut,
      bound: others[cut - 1] ?? null,
    },
    chunk: [...touches.tail, ...moved.map(({ touchId }) => ({ gone: touchId }))],
  };
}

function logged(touches: TouchList, entry: TouchLogEntry): TouchStep {
  const tail = [...touches.tail, entry];
  if (tail.length < CHUNK) return { touches: { ...touches, tail }, chunk: null };
  return { touches: { ...touches, tail: [], chunks: touches.chunks + 1 }, chunk: tail };
}

/** A copy with the touch at its place; nearly always the end. */
function inserted(touches: readonly CreditTouch[], touch: CreditTouch): readonly CreditTouch[] {
  let place = touches.length;
  for (let last = touches[place - 1]; last !== undefined && precedes(touch, last); last = touches[place - 1]) place--;
  return place === touches.length ? [...touches, touch] : touches.toSpliced(place, 0, touch);
}
