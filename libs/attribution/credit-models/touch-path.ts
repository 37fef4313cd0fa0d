import type { DayNumber, Instant } from '#kernel/time.js';
import { transformed, type PathTransform } from './path-transforms.js';

/** What a model sees of a touch. `at` and `kind` are null where the source has none; models that need them say so. */
export interface Touch {
  readonly channel: string;
  readonly at: Instant | null;
  readonly kind: string | null;
}

/** The touches before one close, oldest first; a touch after `closedAt` is not on the path. Moments that nobody knows are null. */
export interface TouchPath {
  readonly touches: readonly Touch[];
  readonly closedAt: Instant | null;
  readonly leadCreatedAt: Instant | null;
  readonly opportunityAt: Instant | null;
}

/** Options that change the answer; they are part of a model's version. */
export interface PathOptions {
  /** Look-back from the close in whole calendar days, both bounds included; null is without limit. */
  readonly window: { readonly days: number; readonly dayOf: (at: Instant) => DayNumber } | null;
  /** Channels whose touches earn nothing: what they would have earned goes to the other touches. */
  readonly excluded: ReadonlySet<string>;
  /** Applied from left to right, after window and exclusion. */
  readonly transforms: readonly PathTransform[];
}

export const ALL_TOUCHES: PathOptions = { window: null, excluded: new Set(), transforms: [] };

/**
 * The path that a model weighs: in order of time whatever the order of arrival (touches of one moment by channel and kind), cut at the close
 * and at the window, without excluded channels, transformed. Credit of an excluded touch is redistributed because it leaves the path
 * before the model looks; a path that loses all its touches has no credit to give (`(unattributed)`).
 */
export function preparePath(path: TouchPath, options: PathOptions): TouchPath {
  const { closedAt } = path;
  const { window, excluded } = options;
  const earliest = window === null || closedAt === null ? null : window.dayOf(closedAt) - window.days;
  const counts = ({ at, channel }: Touch): boolean => {
    if (excluded.has(channel)) return false;
    if (at === null || closedAt === null) return true;
    return at <= closedAt && (earliest === null || window === null || window.dayOf(at) >= earliest);
  };
  const touches = inOrder(path.touches.filter(counts));
  return { ...path, touches: options.transforms.reduce((now, transform) => transformed(now, transform), touches) };
}

/** Touches without a moment keep the order that their source gave them. */
function inOrder(touches: readonly Touch[]): readonly Touch[] {
  if (touches.some(({ at }) => at === null)) return touches;
  return [...touches].sort(
    (a, b) => (a.at ?? 0) - (b.at ?? 0) || byText(a.channel, b.channel) || byText(a.kind ?? '', b.kind ?? ''),
  );
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
