import type { StreamEvent } from '#kernel/decider.js';
import { parseInstant, type Instant } from '#kernel/time.js';
import { evolveMember, initialMember, type MemberState } from '../member.js';
import type { MemberEvent, MemberJoinedData, MemberMovedData } from '../events/member-events.js';

/** Examples of a member's time for specs: 12 March 2026 is now, and everything given happened on a day before. */
export const NOW = parseInstant('2026-03-12T12:00:00Z') ?? 0;
export const on = (day: number): Instant => NOW + (day - 12) * 86_400_000;

export const asked = <Input>(input: Input) => ({ now: NOW, input });

/** Nobody else goes by any name. */
export const ALL_FREE: ReadonlyMap<string, string> = new Map();

const SAM = { handle: 'sam', team: 'sales', role: 'member', manager: null, aliases: [] } as const;
const envelope = { leadId: null, pass: null } as const;

export const joined = (day: number, data: Partial<MemberJoinedData> = {}): MemberEvent => ({
  type: 'member.joined',
  occurredAt: on(day),
  ...envelope,
  data: { ...SAM, ...data },
});
export const moved = (day: number, data: Partial<MemberMovedData> = {}): MemberEvent => ({
  type: 'member.moved',
  occurredAt: on(day),
  ...envelope,
  data: { ...SAM, ...data },
});
export const left = (day: number): MemberEvent => ({
  type: 'member.left',
  occurredAt: on(day),
  ...envelope,
  data: { handle: 'sam' },
});

export const memberAfter = (...events: readonly MemberEvent[]): MemberState =>
  events.reduce(
    (state, event, revision) =>
      evolveMember(state, {
        ...event,
        revision,
        actor: { id: 'someone', team: 'system' },
      } satisfies StreamEvent<MemberEvent>),
    initialMember,
  );

/** The code of a refusal, else null. */
export function refusal(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return String(error.code);
    throw error;
  }
}
