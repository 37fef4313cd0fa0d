import type { Instant } from '#kernel/time.js';
import { changeDetails } from '#leads/write/change-details/change-details.js';
import { createLead } from '#leads/write/create-lead/create-lead.js';
import { uuidv5 } from '#kernel/ids.js';
import {
  AUTOMATION,
  CHANNELS,
  COMPANY_KINDS,
  COMPANY_WORDS,
  COUNTRIES,
  DAY,
  END,
  FIRST_NAMES,
  HEAD_OF_MARKETING,
  INDUSTRIES,
  LAST_NAMES,
  PRODUCTS,
  SEGMENTS,
} from './company.js';
import { someone, tell, workingTime, type Telling } from './telling.js';
import { channelTouch } from './plan-touches.js';

/**
 * The lead comes in, with the clicks that led it here. Its e-mail is its own: the number in it is the lead's. Gives the moment it is known.
 */
export function createIntent(telling: Telling, index: number, createdAt: Instant): Instant {
  const { random, channel, segment } = telling;
  const firstName = random.pick(FIRST_NAMES);
  const lastName = random.pick(LAST_NAMES);
  const company = `${random.pick(COMPANY_WORDS)} ${random.pick(COMPANY_KINDS)}`;
  const email = random.chance(0.94) ? `${firstName}.${lastName}.${index}@example.com`.toLowerCase() : null;
  const campaign = random.pick(channel.campaigns);
  const content = channel.medium === 'cpc' || channel.medium === 'paid-social' ? `ad-${random.whole(1, 12)}` : null;
  const origin = {
    channel: channel.name,
    source: channel.source,
    medium: channel.medium,
    campaign: campaign === 'none' ? null : campaign,
    content,
  };
  const earlier = Array.from({ length: channel.outbound === true ? 0 : random.whole(0, 3) }, (_, place) => {
    const by = random.chance(0.6) ? channel : random.weighted(CHANNELS);
    return { by, at: createdAt - (place + 1) * random.exponential(6 * DAY) };
  }).filter(({ by }) => by.outbound !== true);
  const actor = channel.outbound === true ? someone(telling, 'sdr', createdAt) : AUTOMATION;
  // Lists from fairs and partners are uploaded days later.
  const uploadedAfter = channel.touch === 'event' && random.chance(0.7) ? random.exponential(2 * DAY) : 0;
  // Every lead is told: the last list is uploaded in time.
  const enteredAfter = createdAt + uploadedAfter < END ? uploadedAfter : 0;
  const facts = {
    person: { email, firstName, lastName, phone: null },
    company,
    externalIds: [],
    ...origin,
    segment: segment.name,
    country: random.pick(COUNTRIES),
    product: random.pick(PRODUCTS),
    dimensions: { industry: random.pick(INDUSTRIES) },
    owner: channel.outbound === true ? actor.id : null,
    ownerTeam: channel.outbound === true ? actor.team : null,
    onDuplicate: 'refuse' as const,
  };
  tell(
    telling,
    actor,
    createdAt,
    (scene, ask) => {
      const touches = [
        ...earlier.map(({ by, at }, place) => ({
          ...channelTouch(by, by.campaigns[0]),
          occurredAt: Math.floor(at),
          touchId: uuidv5(scene.thingId, String(place)),
        })),
        ...(channel.outbound === true
          ? []
          : [
              {
                ...channelTouch(channel, origin.campaign),
                content,
                occurredAt: Math.floor(createdAt),
                touchId: scene.thingId,
              },
            ]),
      ];
      const touchOfDuplicate = { ...channelTouch(channel, origin.campaign), touchId: scene.thingId };
      return { lead: createLead(ask.lead({ ...facts, channelRule: null, touches, touchOfDuplicate }), scene.lead) };
    },
    enteredAfter,
  );
  return createdAt + enteredAfter;
}

/** What turns out later: another segment, and now and then a channel that had been booked wrongly. */
export function detailIntents(telling: Telling, createdAt: Instant): void {
  const { random, segment, channel } = telling;
  if (random.chance(0.03)) {
    const other = random.pick(SEGMENTS);
    const at = workingTime(random, createdAt + random.exponential(20 * DAY));
    if (other !== segment)
      tell(telling, HEAD_OF_MARKETING, at, (scene, ask) => ({
        lead: changeDetails(ask.lead({ segment: other.name }), scene.lead),
      }));
  }
  if (random.chance(0.012)) {
    const other = random.weighted(CHANNELS);
    const at = workingTime(random, createdAt + 2 * DAY + random.exponential(12 * DAY));
    const input = { channel: other.name, source: other.source, medium: other.medium };
    if (other !== channel && other.outbound !== true)
      tell(telling, HEAD_OF_MARKETING, at, (scene, ask) => ({ lead: changeDetails(ask.lead(input), scene.lead) }));
  }
}
