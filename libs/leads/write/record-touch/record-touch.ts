import { isDeepStrictEqual } from 'node:util';
import { refused } from '#kernel/errors.js';
import { assumedOf, occurredAtOf, sameMoment, type Asked } from '../../asked.js';
import type { LeadEvent, LeadTouchedData } from '../../events/lead-events.js';
import { findAnnulment, findTouch } from '../../lead-touches.js';
import type { LeadState } from '../../lead.js';
import type { TouchFacts } from '../../touch-facts.js';

/** Someone or something touched the lead, maybe before it was created. The same touchId again is the same touch. */
export function recordTouch(asked: Asked<TouchFacts>, lead: LeadState): LeadEvent[] {
  const occurredAt = occurredAtOf(asked);
  const data = touchedData(asked.input);
  const known = findTouch(lead.touches, data.touchId);
  if (known === null) return [{ type: 'lead.touched', leadId: asked.leadId, pass: lead.pass, occurredAt, data }];
  if (findAnnulment(lead.annulledTouches, data.touchId) !== null) {
    throw refused(
      'LEAD.TOUCH_ANNULLED',
      `the touch ${data.touchId} was annulled; record it anew under another touchId`,
    );
  }
  if (sameTouch(known.data, data) && sameMoment(asked.input, known.occurredAt)) return [];
  throw refused('LEAD.MEANS_SOMETHING_ELSE', `the touch ${data.touchId} is recorded already, with another content`);
}

/** The event's content in its full shape. */
export function touchedData(touch: TouchFacts): LeadTouchedData {
  const { touchId, member, team, kind, channelRule, direction, automated, outcome, recordingUrl, note } = touch;
  const { channel, source, medium, campaign, content } = touch;
  return {
    touchId,
    member,
    team,
    kind,
    channel,
    channelRule,
    source,
    medium,
    campaign,
    content,
    direction,
    automated,
    outcome,
    recordingUrl,
    note,
    ...assumedOf(touch),
  };
}

function sameTouch(some: LeadTouchedData, other: LeadTouchedData): boolean {
  return isDeepStrictEqual(asTold(some), asTold(other));
}

/** The team is the roster's word, and a channel may be the rules': both may be others now than when the touch was told first. */
const asTold = (touch: LeadTouchedData): LeadTouchedData => ({
  ...touch,
  team: null,
  assumed: undefined,
  channel: touch.channelRule === null ? touch.channel : null,
  channelRule: null,
});
