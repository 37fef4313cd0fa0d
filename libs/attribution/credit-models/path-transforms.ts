import type { Touch } from './touch-path.js';

/**
 * How a path is rewritten before it is weighed; the names are those of Google's Fractribution and Snowplow's attribution package.
 * On D A B B C D C C: `unique` leaves it as it is, `exposure` (also called `collapse`) gives D A B C D C, `first` gives D A B C.
 * On A B A A with A: `remove-if-not-all` gives B, `remove-if-last-and-not-all` gives A B. `trim` keeps the last so many touches.
 */
export type PathTransform =
  | { readonly kind: 'unique' | 'exposure' | 'first' }
  | { readonly kind: 'remove-if-not-all' | 'remove-if-last-and-not-all'; readonly channel: string }
  | { readonly kind: 'trim'; readonly touches: number };

/** Of consecutive repeats the earliest touch stays, and so does its moment. */
export function transformed(touches: readonly Touch[], transform: PathTransform): readonly Touch[] {
  switch (transform.kind) {
    case 'unique':
      return touches;
    case 'exposure':
      return touches.filter(({ channel }, index) => touches[index - 1]?.channel !== channel);
    case 'first': {
      const seen = new Set<string>();
      return touches.filter(({ channel }) => !seen.has(channel) && seen.add(channel));
    }
    case 'remove-if-not-all': {
      const others = touches.filter(({ channel }) => channel !== transform.channel);
      return others.length === 0 ? touches : others;
    }
    case 'remove-if-last-and-not-all': {
      const last = touches.findLastIndex(({ channel }) => channel !== transform.channel);
      return last < 0 ? touches : touches.slice(0, last + 1);
    }
    case 'trim':
      return touches.slice(-transform.touches);
  }
}

/** Reads `exposure`, `trim:10`, `remove-if-not-all:direct`; null when it is none. Underscores count as hyphens, `_path` may end a name. */
export function parseTransform(text: string): PathTransform | null {
  const colon = text.indexOf(':');
  const name = (colon < 0 ? text : text.slice(0, colon))
    .trim()
    .toLowerCase()
    .replaceAll('_', '-')
    .replace(/-path$/, '');
  const argument = colon < 0 ? null : text.slice(colon + 1).trim();
  if (name === 'remove-if-not-all' || name === 'remove-if-last-and-not-all')
    return argument === null || argument === '' ? null : { kind: name, channel: argument };
  if (name === 'trim' || name === 'trim-long')
    return argument !== null && /^[1-9]\d{0,8}$/.test(argument) ? { kind: 'trim', touches: Number(argument) } : null;
  if (argument !== null) return null;
  if (name === 'collapse' || name === 'collapse-repeats') return { kind: 'exposure' };
  return name === 'unique' || name === 'exposure' || name === 'first' ? { kind: name } : null;
}
