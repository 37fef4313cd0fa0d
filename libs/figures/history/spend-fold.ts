import type { SpendRecordedData } from '#campaigns/events/spend-events.js';
import { convertMoney } from '#kernel/money.js';
import { parseDay, type DayNumber } from '#kernel/time.js';
import type { Dims } from './dimensions.js';
import type { FoldContext } from './fold-context.js';
import type { Happening } from './happening.js';

/** One spend of a spend stream as it stands. */
export interface SpendEntry {
  readonly spendId: string;
  readonly day: DayNumber;
  readonly dims: Dims;
  /** Minor units of the organisation's currency. */
  readonly value: number;
  /** null: not known. */
  readonly impressions: number | null;
  readonly clicks: number | null;
}

/** As stored. */
export type SpendRow = readonly [
  spendId: string,
  day: DayNumber,
  channel: string | null,
  campaign: string | null,
  kind: string,
  value: number,
  impressions: number | null,
  clicks: number | null,
];

/** The dimension that spend alone has. */
export const SPEND_KIND = 'spendKind';

/** The spend after an event, each of which says the whole of what holds from then on. */
export function foldSpend(
  spend: readonly SpendEntry[],
  happening: Happening,
  { currency }: Pick<FoldContext, 'currency'>,
): readonly SpendEntry[] {
  const data = happening.source.data() as SpendRecordedData; // a correction says the same and more
  const { spendId, day, channel, campaign, kind, amount, rate, impressions, clicks } = data;
  const entry = spendEntry([
    spendId,
    parseDay(day) ?? 0, // judged before it was recorded
    channel,
    campaign,
    kind,
    convertMoney(amount, rate, currency).minor,
    impressions,
    clicks,
  ]);
  const place = spend.findIndex((one) => one.spendId === spendId);
  return place < 0 ? [...spend, entry] : spend.with(place, entry);
}

export function spendEntry([spendId, day, channel, campaign, kind, value, impressions, clicks]: SpendRow): SpendEntry {
  const values = [channel, campaign, null, null, null, null, null, null, null, null, null];
  return { spendId, day, dims: { values, custom: [[SPEND_KIND, kind]] }, value, impressions, clicks };
}

export const spendRow = ({ spendId, day, dims, value, impressions, clicks }: SpendEntry): SpendRow => [
  spendId,
  day,
  dims.values[0] ?? null,
  dims.values[1] ?? null,
  dims.custom?.[0]?.[1] ?? '',
  value,
  impressions,
  clicks,
];
