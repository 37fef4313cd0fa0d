import type { StreamEvent } from '#kernel/decider.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import type { BonusAdjustedData, BonusEvent, Judged, TouchShare } from '../events/bonus-events.js';
import type { MemberAmount } from '../events/bonus-plan-events.js';
import type { Standing } from './standing.js';

export type RecordedBonusEvent = StreamEvent<BonusEvent>;

/** What a lead's bonus stream says: per crossing what everybody has from it by now. */
export interface BonusState {
  /** Of the last evaluation that changed something. */
  readonly upTo: number;
  readonly knownTo: number;
  /** By `crossingKey`, in order of their first event. */
  readonly crossings: ReadonlyMap<string, RecordedCrossing>;
}

export interface RecordedCrossing {
  readonly tier: string;
  readonly crossing: number;
  readonly planVersion: number;
  readonly planHash: string;
  readonly at: Instant;
  /** Where it was booked first. */
  readonly period: string;
  readonly reward: number;
  readonly members: ReadonlyMap<string, number>;
  readonly lapsed: number;
  readonly touches: readonly TouchShare[];
}

export const initialBonus: BonusState = { upTo: -1, knownTo: -1, crossings: new Map() };

export const crossingKey = (tier: string, crossing: number): string => `${tier} ${crossing}`;

/** The pure fold of a bonus stream. An unknown event type changes nothing. */
export function evolveBonus(state: BonusState, event: RecordedBonusEvent): BonusState {
  if (!(event.type in FOLDED)) return state;
  const { data } = event;
  const { upTo, knownTo, tier, crossing, planVersion, planHash, period } = data;
  const key = crossingKey(tier, crossing);
  const before = state.crossings.get(key);
  const reversed = event.type === 'bonus.milestone-reversed';
  const after: RecordedCrossing = {
    tier,
    crossing,
    planVersion,
    planHash,
    at: event.type === 'bonus.milestone-reached' ? event.data.at : (before?.at ?? data.at),
    period: before?.period ?? period,
    reward: reversed ? 0 : (event.data as { readonly reward: number }).reward, // both others have one
    members: summed(before?.members ?? new Map(), data.members),
    lapsed: (before?.lapsed ?? 0) + data.lapsed,
    touches: (event.data as { readonly touches?: readonly TouchShare[] }).touches ?? before?.touches ?? [],
  };
  return { upTo, knownTo, crossings: new Map([...state.crossings, [key, after]]) };
}
const FOLDED = {
  'bonus.milestone-reached': true,
  'bonus.milestone-reversed': true,
  'bonus.adjusted': true,
} as const satisfies Record<BonusEvent['type'], true>;

/** What was judged of one lead under one plan, and with which knowledge. */
export interface Evaluation {
  readonly planId: string;
  readonly leadId: Uuid;
  readonly upTo: number;
  readonly knownTo: number;
  readonly currency: string;
  /** In order of time. */
  readonly standings: readonly Standing[];
  /** What this evaluation knows that the one before did not. */
  readonly cause: {
    /** Event ids. */
    readonly events: readonly string[];
    readonly at: Instant;
    readonly because: BonusAdjustedData['because'];
  };
  /** The period of a moment, or the first one after it that is not closed. */
  readonly openPeriod: (at: Instant) => string;
}

/**
 * The difference between what must be and what the stream says; nothing where the stream has seen as much already. Members' amounts of all
 * events of a crossing sum to its reward as judged.
 */
export function evaluateBonus(evaluation: Evaluation, state: BonusState): readonly BonusEvent[] {
  const { upTo, knownTo, standings } = evaluation;
  if (upTo < state.upTo || (upTo === state.upTo && knownTo <= state.knownTo)) return [];
  const due = new Map(standings.map((standing) => [crossingKey(standing.tier, standing.crossing), standing]));
  const events: BonusEvent[] = [];
  for (const [key, recorded] of state.crossings) {
    const standing = due.get(key);
    if (standing === undefined || standing.reversed !== null)
      events.push(...reversal(evaluation, recorded, standing ?? null));
  }
  for (const [key, standing] of due) {
    if (standing.reversed !== null) continue;
    const recorded = state.crossings.get(key);
    if (recorded === undefined) events.push(reached(evaluation, standing));
    else events.push(...adjustment(evaluation, recorded, standing));
  }
  return events;
}

function reached(evaluation: Evaluation, standing: Standing): BonusEvent {
  const { at, basis, threshold, runningAtCrossing, reward, members, lapsed, counted, touches } = standing;
  return occurred(evaluation, at, {
    type: 'bonus.milestone-reached',
    data: {
      ...judged(evaluation, standing, evaluation.openPeriod(at)),
      ...{ at, basis, threshold, running: runningAtCrossing, reward, members, lapsed, counted, touches },
    },
  });
}

function reversal(evaluation: Evaluation, recorded: RecordedCrossing, standing: Standing | null): BonusEvent[] {
  const members = changes(recorded.members, []);
  if (members.length === 0 && recorded.lapsed === 0 && recorded.reward === 0) return [];
  const taken = standing?.reversed ?? null;
  const { cause } = evaluation;
  const at = taken?.at ?? cause.at;
  return [
    occurred(evaluation, at, {
      type: 'bonus.milestone-reversed',
      data: {
        ...judged(evaluation, standing ?? recorded, evaluation.openPeriod(Math.max(at, recorded.at))),
        at,
        because: taken === null ? 'correction' : 'refund',
        running: taken?.running ?? 0,
        members,
        lapsed: -recorded.lapsed || 0,
        caused: taken === null ? cause.events : [taken.eventId],
      },
    }),
  ];
}

function adjustment(evaluation: Evaluation, recorded: RecordedCrossing, standing: Standing): BonusEvent[] {
  const members = changes(recorded.members, standing.members);
  const lapsed = standing.lapsed - recorded.lapsed;
  if (members.length === 0 && lapsed === 0 && standing.reward === recorded.reward) return [];
  const { cause } = evaluation;
  const sameSplit = JSON.stringify(standing.touches) === JSON.stringify(recorded.touches);
  return [
    occurred(evaluation, cause.at, {
      type: 'bonus.adjusted',
      data: {
        // What changes a crossing is not booked before it: a touch of January says how a crossing of March is split.
        ...judged(evaluation, standing, evaluation.openPeriod(Math.max(cause.at, recorded.at))),
        at: cause.at,
        because: cause.because,
        running: standing.runningAtCrossing,
        reward: standing.reward,
        members,
        lapsed,
        caused: cause.events,
        ...(sameSplit ? {} : { touches: standing.touches }),
      },
    }),
  ];
}

function judged(
  { planId, leadId, upTo, knownTo, currency }: Evaluation,
  of: Standing | RecordedCrossing,
  period: string,
): Judged {
  const { tier, crossing } = of;
  const { planVersion, planHash } =
    'version' in of ? { planVersion: of.version.version, planHash: of.version.hash } : of;
  return { planId, leadId, tier, crossing, planVersion, planHash, upTo, knownTo, period, currency };
}

const occurred = ({ leadId }: Evaluation, occurredAt: Instant, event: Pick<BonusEvent, 'type' | 'data'>): BonusEvent =>
  ({ ...event, occurredAt, leadId, pass: null }) as BonusEvent; // type and data come together

/** The sum of two lists of amounts by member. */
function summed(before: ReadonlyMap<string, number>, more: readonly MemberAmount[]): ReadonlyMap<string, number> {
  const sums = new Map(before);
  for (const { member, minor } of more) sums.set(member, (sums.get(member) ?? 0) + minor);
  return sums;
}

/** What must be added to come from one to the other, by handle, without zeros. */
function changes(from: ReadonlyMap<string, number>, to: readonly MemberAmount[]): MemberAmount[] {
  const target = summed(new Map(), to);
  return [...new Set([...from.keys(), ...target.keys()])]
    .sort()
    .map((member) => ({ member, minor: (target.get(member) ?? 0) - (from.get(member) ?? 0) }))
    .filter(({ minor }) => minor !== 0);
}
