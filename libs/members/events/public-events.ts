import { TEAMS } from '#kernel/envelope.js';
import type { PublicEvents } from '#publishing/public-event.js';
import { oneOf, orNull, text, withheld } from '#publishing/shape.js';
import type { MemberEvent } from './member-events.js';

const placement = {
  handle: text,
  team: oneOf(TEAMS),
  role: oneOf(['member', 'head']),
  manager: orNull(text),
  aliases: withheld('they may be e-mail addresses'),
};

/** What others may know of the roster. */
export const MEMBER_PUBLIC_EVENTS = {
  'member.joined': { version: 1, summary: 'Somebody is in a team.', fields: placement },
  'member.moved': {
    version: 1,
    summary: 'Somebody is in another team, role or under another manager.',
    fields: placement,
  },
  'member.left': { version: 1, summary: 'Somebody is in no team any more.', fields: { handle: text } },
} satisfies PublicEvents<MemberEvent>;
