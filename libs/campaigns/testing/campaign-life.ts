import type { Decider, StreamEvent } from '#kernel/decider.js';
import type { Actor } from '#kernel/envelope.js';
import type { Money, Rate } from '#kernel/money.js';
import { decide } from '#kernel/testing/given-when-then.js';
import { parseInstant, type Instant } from '#kernel/time.js';
import type { Asked } from '../asked.js';
import { evolveCampaign, initialCampaign, type CampaignState } from '../campaign.js';
import type { CampaignDefinedData, CampaignEvent } from '../events/campaign-events.js';
import type { SpendCorrectedData, SpendEvent, SpendRecordedData } from '../events/spend-events.js';
import { evolveSpend, initialSpend, type SpendState } from '../spend.js';
import type { AskedSpend } from '../write/spend-values.js';

/** Examples of a campaign's life for specs: 12 March 2026 is now, and everything given happened on a day before. */
export const NOW = parseInstant('2026-03-12T12:00:00Z') ?? 0;
export const on = (day: number): Instant => NOW + (day - 12) * 86_400_000;
export const IDA: Actor = { id: 'ida', team: 'marketing' };
export const SAM: Actor = { id: 'sam', team: 'sales' };
export const eur = (minor: number): Money => ({ minor, currency: 'EUR' });
export const usd = (minor: number): Money => ({ minor, currency: 'USD' });
export const TO_EUR: Rate = { to: 'EUR', value: '0.9', source: null, on: null };

export const asked = <Input>(input: Input, actor: Actor = IDA): Asked<Input> => ({ actor, now: NOW, input });

/** Of spend on 2 March, in an organisation that counts in EUR. */
export const askedSpend = <Input>(input: Input, actor: Actor = IDA): AskedSpend<Input> => ({
  actor,
  now: NOW,
  currency: 'EUR',
  today: '2026-03-12',
  startOfDay: on(2),
  input,
});

export const specifyCampaign = <Input>(decision: (asked: Asked<Input>, campaign: CampaignState) => CampaignEvent[]) => {
  const decider: Decider<CampaignState, Asked<Input>, CampaignEvent> = {
    initialState: initialCampaign,
    decide: decision,
    evolve: evolveCampaign,
  };
  return decide(decider);
};

export const specifySpend = <Input>(decision: (asked: AskedSpend<Input>, state: SpendState) => SpendEvent[]) => {
  const decider: Decider<SpendState, AskedSpend<Input>, SpendEvent> = {
    initialState: initialSpend,
    decide: decision,
    evolve: evolveSpend,
  };
  return decide(decider);
};

export const campaignAfter = (...events: readonly CampaignEvent[]): CampaignState =>
  events.reduce(
    (state, event, revision) =>
      evolveCampaign(state, { ...event, revision, actor: IDA } satisfies StreamEvent<CampaignEvent>),
    initialCampaign,
  );

const envelope = { leadId: null, pass: null } as const;

const SPRING: CampaignDefinedData = { name: 'spring', channel: 'ads', owners: ['ida'], startOn: '2026-03-01' };

export const defined = (data: Partial<CampaignDefinedData> = {}, at = on(1)): CampaignEvent => ({
  type: 'campaign.defined',
  occurredAt: at,
  ...envelope,
  data: { ...SPRING, ...data },
});
export const ownersChanged = (from: string, owners: readonly string[], at = on(3)): CampaignEvent => ({
  type: 'campaign.owners-changed',
  occurredAt: at,
  ...envelope,
  data: { name: 'spring', owners, from },
});
export const ended = (day: string, at = on(10)): CampaignEvent => ({
  type: 'campaign.ended',
  occurredAt: at,
  ...envelope,
  data: { name: 'spring', on: day },
});

export const SPEND: SpendRecordedData = {
  spendId: 's1',
  campaign: 'spring',
  campaignId: 'c1',
  channel: 'ads',
  day: '2026-03-02',
  kind: 'media',
  amount: eur(10_000),
  rate: null,
  impressions: null,
  clicks: null,
};
export const spent = (data: Partial<SpendRecordedData> = {}): SpendEvent => ({
  type: 'spend.recorded',
  occurredAt: on(2),
  ...envelope,
  data: { ...SPEND, ...data },
});
export const corrected = (data: Partial<SpendCorrectedData> = {}): SpendEvent => ({
  type: 'spend.corrected',
  occurredAt: on(2),
  ...envelope,
  data: { ...SPEND, reason: null, ...data },
});
