import type { Actor } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import { assignLead } from '#leads/write/assign-lead/assign-lead.js';
import { DAY, END, HEAD_OF_SALES, HOUR, staffAt, type Channel, type Segment, type StaffEntry } from './company.js';
import type { Random } from './random.js';
import type { Ask, Decided, Intent, Scene } from './scene.js';

/** What one lead's story is told with. */
export interface Telling {
  readonly random: Random;
  readonly channel: Channel;
  readonly segment: Segment;
  readonly currency: string;
  readonly intents: Intent[];
  /** Deals planned so far. */
  deals: number;
}

/** Adds an intent; one that was entered after the end of the story has not happened yet. */
export function tell(
  telling: Telling,
  actor: Actor,
  occurredAt: Instant,
  act: (scene: Scene, ask: Ask) => Decided,
  enteredAfter = 0,
): void {
  const recordedAt = Math.floor(occurredAt + enteredAfter);
  if (recordedAt < END) telling.intents.push({ occurredAt: Math.floor(occurredAt), recordedAt, actor, act });
}

export function assign(telling: Telling, actor: Actor, at: Instant, owner: Actor, enteredAfter = 0): void {
  tell(
    telling,
    actor,
    at,
    (scene, ask) => ({ lead: assignLead(ask.lead({ owner: owner.id, team: owner.team }), scene.lead) }),
    enteredAfter,
  );
}

/** Somebody who does the job at that moment. */
export function someone({ random }: Telling, job: StaffEntry['job'], at: Instant): Actor {
  const staff = staffAt(job, Math.min(at, END - 1));
  const one = staff[Math.floor(random.next() * staff.length)];
  return one === undefined ? HEAD_OF_SALES : { id: one.handle, team: one.team };
}

/** People work from eight to six, Monday to Friday (UTC). */
export function workingTime(random: Random, at: Instant): Instant {
  const day = Math.floor(at / DAY);
  // 1970-01-01 was a Thursday.
  const weekday = (day + 4) % 7;
  const hour = (at - day * DAY) / HOUR;
  const workday = weekday === 0 || weekday === 6 || hour >= 18;
  if (!workday && hour >= 8) return Math.floor(at);
  const skip = weekday === 6 ? 2 : weekday === 0 ? 1 : hour >= 18 ? (weekday === 5 ? 3 : 1) : 0;
  return Math.floor((day + skip) * DAY + 8 * HOUR + random.next() * 3 * HOUR);
}
