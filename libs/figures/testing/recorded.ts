import { spendStream, type SpendCorrectedData, type SpendEvent } from '#campaigns/events/spend-events.js';
import { dealStream, type DealEvent } from '#deals/events/deal-events.js';
import type { RecordedEvent, Team } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import { positionOf } from '#kernel/position.js';
import type { Instant } from '#kernel/time.js';
import { leadStream, type LeadEvent } from '#leads/events/lead-events.js';

type Data<E extends { type: string }, T extends E['type']> =
  Extract<E, { type: T }> extends { data: infer D } ? D : never;

export interface Told {
  readonly occurredAt?: Instant;
  readonly pass?: number;
  readonly actor?: { readonly id: string; readonly team: Team };
}

/** A ledger in memory for specs: what is told gets the next position, revision and recordedAt (a minute each). */
export interface ToldLedger {
  readonly events: RecordedEvent[];
  lead<T extends LeadEvent['type']>(
    lead: string,
    type: T,
    data: Partial<Data<LeadEvent, T>>,
    told?: Told,
  ): RecordedEvent;
  /** `lead` null: a deal without lead. */
  deal<T extends DealEvent['type']>(
    deal: string,
    lead: string | null,
    type: T,
    data: Partial<Data<DealEvent, T>>,
    told?: Told,
  ): RecordedEvent;
  /** The stream follows from the account and the data's day. */
  spend(account: string, type: SpendEvent['type'], data: Partial<SpendCorrectedData>): RecordedEvent;
}

/** `gap`: positions from one event to the next. */
export function toldLedger(
  options: { readonly start?: Instant; readonly firstPosition?: number; readonly gap?: number } = {},
): ToldLedger {
  const { start = Date.UTC(2026, 0, 1), firstPosition = 1, gap = 1 } = options;
  const events: RecordedEvent[] = [];
  const revisions = new Map<string, number>();
  const tell = (stream: string, leadId: string | null, type: string, data: object, told: Told): RecordedEvent => {
    const place = events.length;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const recordedAt = start + place * 60_000;
    const id = uuid(place + 1);
    const full = { ...DEFAULTS[type], ...data };
    const event: RecordedEvent = {
      eventId: id,
      type,
      schemaVersion: 1,
      commandId: id,
      commandDigest: '',
      correlationId: '',
      causationId: null,
      actor: told.actor ?? { id: 'ann', team: 'marketing' },
      leadId: leadId as Uuid | null, // specs name leads as they like
      pass: leadId === null ? null : (told.pass ?? 1),
      occurredAt: told.occurredAt ?? recordedAt,
      recordedAt,
      meta: null,
      stream,
      revision,
      position: positionOf(firstPosition + place * gap),
      data: () => full,
    };
    events.push(event);
    return event;
  };
  return {
    events,
    lead: (lead, type, data, told = {}) => tell(leadStream(lead), lead, type, data, told),
    deal: (deal, lead, type, data, told = {}) => tell(dealStream(deal), lead, type, data, told),
    spend: (account, type, data) => tell(spendStream(account, data.day ?? '2026-01-05'), null, type, data, {}),
  };
}

export const uuid = (n: number): Uuid => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}` as Uuid; // by its shape

const SPEND = {
  campaign: null,
  campaignId: null,
  channel: 'ads',
  day: '2026-01-05',
  kind: 'media',
  rate: null,
  impressions: null,
  clicks: null,
};

/** What an event of this type says when nothing else is given. */
const ORIGIN = { channel: null, source: null, medium: null, campaign: null, content: null };
const DEFAULTS: Readonly<Record<string, object>> = {
  'lead.created': {
    ...ORIGIN,
    person: null,
    company: null,
    externalIds: [],
    segment: null,
    country: null,
    product: null,
    dimensions: {},
    owner: null,
    ownerTeam: null,
  },
  'lead.touched': {
    ...ORIGIN,
    member: null,
    team: null,
    kind: 'email',
    channelRule: null,
    direction: null,
    automated: false,
    outcome: null,
    recordingUrl: null,
    note: null,
  },
  'lead.accepted': { becomesOwner: null, note: null },
  'deal.opened': {
    kind: 'new',
    account: null,
    product: null,
    segment: null,
    country: null,
    stage: 'open',
    value: null,
    rate: null,
    expectedCloseOn: null,
    owner: null,
    ownerTeam: null,
    dimensions: {},
  },
  'deal.advanced': { value: null, rate: null },
  'deal.won': { value: null, rate: null, note: null },
  'deal.lost': { value: null, rate: null, reason: 'price', note: null },
  'deal.payment-received': { tax: null, cost: null, costBasis: null, rate: null, reference: null },
  ...Object.fromEntries(['spend.recorded', 'spend.corrected'].map((type) => [type, SPEND])),
  'deal.payment-refunded': { kind: 'refund', costRecovered: null, reason: null },
};
