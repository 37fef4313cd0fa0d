import type { Actor } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { TouchOutcome } from '#leads/events/lead-events.js';
import { annulTouch } from '#leads/write/annul-touch/annul-touch.js';
import { recordTouch } from '#leads/write/record-touch/record-touch.js';
import type { TouchFacts } from '#leads/touch-facts.js';
import { AUTOMATION, DAY, HEAD_OF_MARKETING, HOUR, MINUTE, type Channel } from './company.js';
import { tell, workingTime, type Telling } from './telling.js';

type Touch = Omit<TouchFacts, 'touchId' | 'occurredAt'>;

/** A touch by which someone came in, or came back, by a channel. */
export const channelTouch = ({ name, source, medium, touch }: Channel, campaign: string | null): Touch => ({
  member: null,
  team: 'marketing',
  kind: touch,
  channel: name,
  channelRule: null,
  source,
  medium,
  campaign,
  content: null,
  direction: 'inbound',
  automated: false,
  outcome: null,
  recordingUrl: null,
  note: null,
});

const personalTouch = (
  actor: Actor,
  kind: string,
  outcome: TouchOutcome | null,
  recordingUrl: string | null,
): Touch => ({
  member: actor.id,
  team: actor.team,
  kind,
  channel: null,
  channelRule: null,
  source: null,
  medium: null,
  campaign: null,
  content: null,
  direction: 'outbound',
  automated: false,
  outcome,
  recordingUrl,
  note: null,
});

/** Letters that the automation sends to everybody who came in. */
export function nurtureTouches(telling: Telling, createdAt: Instant): void {
  const { random } = telling;
  let at = createdAt;
  for (let left = random.whole(0, 3); left > 0; left--) {
    at += 2 * DAY + random.exponential(3 * DAY);
    const outcome: TouchOutcome | null = random.chance(0.03) ? 'bounced' : random.chance(0.05) ? 'replied' : null;
    const letter: Touch = {
      ...personalTouch(AUTOMATION, 'email', outcome, null),
      member: null,
      team: 'marketing',
      channel: 'email',
      medium: 'email',
      source: 'nurture',
      automated: true,
    };
    touch(telling, AUTOMATION, at, letter);
  }
}

/** Calls and mails until somebody answers, or sales gives up. Gives the moment of the last one. */
export function salesTouches(telling: Telling, from: Instant, actor: Actor): Instant {
  const { random } = telling;
  let at = from;
  for (let attempt = 1; attempt <= 4; attempt++) {
    const kind = random.chance(0.6) ? 'call' : 'email';
    const answered = random.chance(0.45);
    const outcome: TouchOutcome = answered ? (kind === 'call' ? 'connected' : 'replied') : 'attempted';
    const recording =
      answered && kind === 'call' && random.chance(0.4)
        ? `https://recordings.example.com/${Math.floor(at).toString(36)}`
        : null;
    // One call in five is logged in the evening, or the day after.
    touch(
      telling,
      actor,
      at,
      personalTouch(actor, kind, outcome, recording),
      random.chance(0.2) ? random.exponential(14 * HOUR) : 0,
    );
    if (answered) break;
    if (attempt < 4) at = workingTime(random, at + DAY + random.exponential(1.5 * DAY));
  }
  return at;
}

/** A meeting or a demo on the way to a deal. */
export function meeting(telling: Telling, actor: Actor, at: Instant, kind: 'demo' | 'meeting'): void {
  touch(telling, actor, at, personalTouch(actor, kind, telling.random.chance(0.9) ? 'meeting-held' : 'no-show', null));
}

/** Attendance lists come in weeks after the event: a touch from before the lead was an MQL, known only after it. */
export function lateTouch(telling: Telling, mqlAt: Instant): void {
  const { random, channel } = telling;
  if (!random.chance(0.05)) return;
  const webinar: Touch = {
    ...channelTouch(channel, 'expert-panel'),
    kind: 'webinar',
    channel: 'webinar',
    source: 'webinar',
    medium: 'webinar',
  };
  touch(
    telling,
    HEAD_OF_MARKETING,
    mqlAt - random.exponential(5 * DAY),
    webinar,
    10 * DAY + random.exponential(15 * DAY),
  );
}

function touch(telling: Telling, actor: Actor, at: Instant, what: Touch, enteredAfter = 0): void {
  let touchId: string | null = null;
  tell(
    telling,
    actor,
    at,
    (scene, ask) => {
      touchId = scene.thingId;
      return { lead: recordTouch(ask.lead({ ...what, touchId }), scene.lead) };
    },
    enteredAfter,
  );
  if (!telling.random.chance(0.008)) return;
  const annulledAt = at + enteredAfter + telling.random.whole(1, 30) * MINUTE;
  tell(telling, actor, annulledAt, (scene, ask) => ({
    lead: touchId === null ? [] : annulTouch(ask.lead({ touchId, reason: 'logged on the wrong lead' }), scene.lead),
  }));
}
