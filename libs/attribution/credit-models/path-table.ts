import type { TouchPath } from './touch-path.js';

/**
 * Many paths as columns of numbers, so that a model runs over a million of them without making an object. Path p holds the touches
 * `starts[p]` up to (not including) `starts[p + 1]`; touch columns are as long as all paths together.
 */
export interface PathTable {
  readonly channels: readonly string[];
  /** By channel number: 1 where the channel counts as direct. */
  readonly isDirect: Uint8Array;
  readonly kinds: readonly string[];
  readonly paths: number;
  readonly starts: Uint32Array;
  /** Per touch: its channel's number. */
  readonly channelOf: Uint32Array;
  /** Per touch: its kind's number. */
  readonly kindOf: Uint32Array;
  /** Per touch: days from the touch to the close, fractions included; NaN where unknown. */
  readonly daysBefore: Float64Array;
  /** Per path: which of its touches (0 is the first) holds the milestone, -1 where none does. */
  readonly leadCreation: Int32Array;
  readonly opportunity: Int32Array;
  /** Per path: how often it converted, what that was worth, and how often it ended without conversion. */
  readonly conversions: Float64Array;
  readonly value: Float64Array;
  readonly nulls: Float64Array;
}

export interface PathOutcome {
  readonly conversions: number;
  readonly value: number;
  readonly nulls: number;
}

export interface PathTableBuilder {
  /** Takes a prepared path (`preparePath`); one without touches is kept, as its outcome is unattributed. */
  add(path: TouchPath, outcome: PathOutcome): void;
  build(): PathTable;
}

const MS_PER_DAY = 86_400_000;

/** `isDirect` tells which channels count as direct for last-non-direct. */
export function pathTable(isDirect: (channel: string) => boolean = isNamedDirect): PathTableBuilder {
  const channels = numbering();
  const kinds = numbering();
  const starts = [0];
  const channelOf: number[] = [];
  const kindOf: number[] = [];
  const daysBefore: number[] = [];
  const leadCreation: number[] = [];
  const opportunity: number[] = [];
  const outcomes: PathOutcome[] = [];
  return {
    add(path, outcome) {
      for (const { channel, kind, at } of path.touches) {
        channelOf.push(channels.numberOf(channel));
        kindOf.push(kinds.numberOf(kind ?? ''));
        daysBefore.push(at === null || path.closedAt === null ? Number.NaN : (path.closedAt - at) / MS_PER_DAY);
      }
      leadCreation.push(holderOf(path, path.leadCreatedAt));
      opportunity.push(holderOf(path, path.opportunityAt));
      outcomes.push(outcome);
      starts.push(channelOf.length);
    },
    build: () => ({
      channels: channels.names,
      isDirect: Uint8Array.from(channels.names, (name) => (isDirect(name) ? 1 : 0)),
      kinds: kinds.names,
      paths: outcomes.length,
      starts: Uint32Array.from(starts),
      channelOf: Uint32Array.from(channelOf),
      kindOf: Uint32Array.from(kindOf),
      daysBefore: Float64Array.from(daysBefore),
      leadCreation: Int32Array.from(leadCreation),
      opportunity: Int32Array.from(opportunity),
      conversions: Float64Array.from(outcomes, ({ conversions }) => conversions),
      value: Float64Array.from(outcomes, ({ value }) => value),
      nulls: Float64Array.from(outcomes, ({ nulls }) => nulls),
    }),
  };
}

/** Touches of the longest path. */
export function longestOf({ paths, starts }: PathTable): number {
  let longest = 0;
  for (let path = 0; path < paths; path++) longest = Math.max(longest, (starts[path + 1] ?? 0) - (starts[path] ?? 0));
  return longest;
}

/** What analytics tools call a visit that came from nowhere. */
export const isNamedDirect = (channel: string): boolean => /^(\(direct\)|direct)$/i.test(channel);

/** A milestone is held by the last touch at or before its moment; a touch after it never holds it. */
const holderOf = ({ touches }: TouchPath, moment: number | null): number =>
  moment === null ? -1 : touches.findLastIndex(({ at }) => at !== null && at <= moment);

function numbering(): { readonly names: string[]; numberOf(name: string): number } {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    names,
    numberOf(name) {
      let number = numbers.get(name);
      if (number === undefined) {
        number = names.push(name) - 1;
        numbers.set(name, number);
      }
      return number;
    },
  };
}
