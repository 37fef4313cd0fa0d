import type { StreamEvent } from '#kernel/decider.js';
import type { DomainEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { dayText, parseDay, type Instant } from '#kernel/time.js';
import { campaignIdOf, campaignStream } from '#campaigns/events/campaign-events.js';
import { spendAccount, spendStream, type SpendEvent, type SpendKind } from '#campaigns/events/spend-events.js';
import { initialCampaign } from '#campaigns/campaign.js';
import { evolveSpend, initialSpend, type SpendState } from '#campaigns/spend.js';
import { correctSpend } from '#campaigns/write/correct-spend/correct-spend.js';
import { defineCampaign } from '#campaigns/write/define-campaign/define-campaign.js';
import { recordSpend } from '#campaigns/write/record-spend/record-spend.js';
import { BEGIN, CHANNELS, DAY, END, HEAD_OF_MARKETING, type Channel } from './company.js';
import { randomOf } from './random.js';
import type { StoryAppend } from './scene.js';
import type { Demo } from './stories.js';

/** What a lead of the channel costs in the long run, in minor units; channels that cost nothing are not there. */
const COST_PER_LEAD: Readonly<Record<string, number>> = {
  paid_search: 9_500,
  social: 12_000,
  organic_search: 2_500,
  email: 1_200,
  referral: 3_000,
  events: 21_000,
  webinar: 5_500,
};
const KINDS: Readonly<Record<string, SpendKind>> = { organic_search: 'agency', email: 'tool', events: 'event' };
const OWNERS = ['tom.keller', 'aisha.khan', 'ines.duarte'] as const;

/**
 * The campaigns with their owners, and what each month of them cost, recorded a day later and now and then corrected by a credit note. Depends on
 * the demo alone; `shift` moves the story (here, not later: a spend's stream is named after its month). In the order of recording, each with the moment in the story that is not moved.
 */
export function spendAppends(ledgerId: Uuid, demo: Demo, shift: number): { at: Instant; append: StoryAppend }[] {
  const appends: { at: Instant; append: StoryAppend }[] = [];
  const add = (at: Instant, stream: string, after: number, events: readonly DomainEvent[], name: string): void => {
    const commandId = uuidv5(ledgerId, `demo ${name}`);
    const append = { stream, after, events, commandId, actor: HEAD_OF_MARKETING, recordedAt: at + shift };
    appends.push({ at, append });
  };
  const all = CHANNELS.reduce((sum, { weight }) => sum + weight, 0);
  let number = 0;
  for (const channel of CHANNELS) {
    const perLead = COST_PER_LEAD[channel.name];
    if (perLead === undefined) continue;
    const yearly = (demo.leads * channel.weight * perLead) / all / channel.campaigns.length;
    for (const name of channel.campaigns) {
      number += 1;
      define(add, ledgerId, channel, name, OWNERS[number % OWNERS.length] ?? 'ines.duarte', shift);
      months(add, ledgerId, demo, { channel, name, number, monthly: yearly / MONTHS, shift });
    }
  }
  return appends.sort((a, b) => a.at - b.at);
}

const MONTHS = 24;

type Add = (at: Instant, stream: string, after: number, events: readonly DomainEvent[], name: string) => void;

function define(add: Add, ledgerId: Uuid, channel: Channel, name: string, owner: string, shift: number): void {
  const at = BEGIN - DAY;
  const input = { name, channel: channel.name, owners: [owner], startOn: dayText((at + DAY + shift) / DAY) };
  const asked = { actor: HEAD_OF_MARKETING, now: at + shift, input: { ...input, occurredAt: at + shift } };
  const events = defineCampaign(asked, initialCampaign);
  add(at, campaignStream(campaignIdOf(ledgerId, name)), -1, events, `campaign ${name}`);
}

interface Budget {
  readonly channel: Channel;
  readonly name: string;
  readonly number: number;
  readonly monthly: number;
  readonly shift: number;
}

function months(add: Add, ledgerId: Uuid, { seed, currency }: Demo, budget: Budget): void {
  const { channel, name, number, monthly, shift } = budget;
  const random = randomOf(seed, -number);
  const account = spendAccount(ledgerId, { campaign: name });
  const streams = new Map<string, { state: SpendState; revision: number }>();
  for (let month = 0; month < MONTHS; month++) {
    const at = BEGIN + Math.floor(((month + 0.5) * (END - BEGIN)) / MONTHS / DAY) * DAY;
    const day = dayText((at + shift) / DAY);
    const stream = spendStream(account, day);
    const known = streams.get(stream) ?? { state: initialSpend, revision: -1 };
    streams.set(stream, known);
    const spendId = uuidv5(ledgerId, `demo spend ${name} ${month}`);
    const amount = { minor: Math.max(100, Math.round(monthly * random.logNormal(1, 0.25))), currency };
    const clicks = channel.medium === 'cpc' || channel.touch === 'ad-click' ? Math.round(amount.minor / 240) : null;
    const asked = <Input>(now: Instant, input: Input) => ({
      actor: HEAD_OF_MARKETING,
      now,
      currency,
      today: dayText(Math.floor(now / DAY)),
      startOfDay: (parseDay(day) ?? 0) * DAY,
      input,
    });
    const take = (when: Instant, events: readonly SpendEvent[], what: string): void => {
      add(when, stream, known.revision, events, `${what} ${name} ${month}`);
      for (const event of events) {
        known.revision += 1;
        const recorded: StreamEvent<SpendEvent> = { ...event, revision: known.revision, actor: HEAD_OF_MARKETING };
        known.state = evolveSpend(known.state, recorded);
      }
    };
    const input = {
      ...{ spendId, campaign: name, campaignId: account, channel: channel.name, day },
      ...{ kind: KINDS[channel.name] ?? 'media', amount, rate: null },
      ...{ impressions: clicks === null ? null : 40 * clicks, clicks },
    };
    const recordedAt = at + DAY + random.whole(1, 8) * 3_600_000;
    take(recordedAt, recordSpend(asked(recordedAt + shift, input), known.state), 'spend');
    if (!random.chance(0.06)) continue;
    const correctedAt = recordedAt + random.whole(2, 6) * DAY;
    const less = { minor: Math.round(amount.minor * 0.9), currency };
    const correction = { spendId, amount: less, reason: 'credit note of the supplier' };
    take(correctedAt, correctSpend(asked(correctedAt + shift, correction), known.state), 'correction');
  }
}
