import type { RecordedEvent } from '#kernel/envelope.js';
import type { Money, Rate } from '#kernel/money.js';
import type { DocumentView } from '#subscriptions/processor.js';
import {
  SPEND_EVENT_TYPES,
  type SpendCorrectedData,
  type SpendKind,
  type SpendRecordedData,
} from '../../events/spend-events.js';

/** One spend as it stands after its corrections. */
export interface SpendDocument {
  readonly id: string;
  /** Whose spend streams it lies in: the campaign's id, or the channel's own. */
  readonly account: string;
  readonly campaign: string | null;
  readonly campaignId: string | null;
  readonly channel: string | null;
  readonly day: string;
  readonly month: string;
  readonly kind: SpendKind;
  readonly amount: Money;
  readonly rate: Rate | null;
  readonly impressions: number | null;
  readonly clicks: number | null;
  readonly corrections: number;
}

export const SPEND_VIEW: DocumentView<SpendDocument> = {
  view: 'spend',
  types: SPEND_EVENT_TYPES,
  idsOf: (event) => [(event as RecordedEvent<SpendRecordedData>).data().spendId],
  project: projectSpend,
};

/** The spend after an event about it. */
export function projectSpend(before: SpendDocument | null, event: RecordedEvent, id: string): SpendDocument | null {
  if (event.type === 'spend.corrected' && before === null) return null;
  const data = event.data() as SpendRecordedData | SpendCorrectedData; // the view's types
  const { campaign, campaignId, channel, day, kind, amount, rate, impressions, clicks } = data;
  return {
    id,
    account: event.stream.slice('spend-'.length, -'.2026-03'.length),
    campaign,
    campaignId,
    channel,
    day,
    month: day.slice(0, 7),
    kind,
    amount,
    rate,
    impressions,
    clicks,
    corrections: before === null ? 0 : before.corrections + 1,
  };
}
