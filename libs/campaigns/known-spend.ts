import type { EventStore } from '#event-store/event-store.js';
import { followEvents } from '#event-store/follow-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { convertMoney } from '#kernel/money.js';
import { START, type Position } from '#kernel/position.js';
import { parseDay, type DayNumber } from '#kernel/time.js';
import { SPEND_EVENT_TYPES, type SpendKind, type SpendRecordedData } from './events/spend-events.js';

/** What an event added to (or, negative, took from) the spend of one day, channel, campaign and kind. */
export interface SpendChange {
  readonly position: Position;
  readonly day: DayNumber;
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly kind: SpendKind;
  /** Minor units of the organisation's currency. */
  readonly amount: number;
  readonly impressions: number;
  readonly clicks: number;
}

/** The spend of the whole ledger as a list of changes, in order of position: what is known at P is the sum of those up to P. */
export interface KnownSpend {
  /** All changes up to a position (default: all there are), after reading what was appended since. */
  upTo(position?: Position): Promise<readonly SpendChange[]>;
}

/** Follows the ledger's spend events in memory: they are few beside all others. `currency`: the organisation's. */
export function knownSpend(store: EventStore, currency: string): KnownSpend {
  const changes: SpendChange[] = [];
  const latest = new Map<string, SpendRecordedData>();
  const events = followEvents(store, SPEND_EVENT_TYPES, (event) => take(event as RecordedEvent<SpendRecordedData>)); // the types asked for

  function take(event: RecordedEvent<SpendRecordedData>): void {
    const now = event.data();
    const before = latest.get(now.spendId);
    if (before !== undefined) changes.push(spendChange(before, event.position, currency, -1));
    changes.push(spendChange(now, event.position, currency, 1));
    latest.set(now.spendId, now);
  }

  return {
    async upTo(wanted) {
      await events.refresh();
      return wanted === undefined ? changes : changes.slice(0, countUpTo(changes, wanted));
    },
  };
}

function spendChange(data: SpendRecordedData, position: Position, currency: string, sign: 1 | -1): SpendChange {
  return {
    position,
    day: parseDay(data.day) ?? 0, // judged before it was recorded
    channel: data.channel,
    campaign: data.campaign,
    kind: data.kind,
    amount: sign * convertMoney(data.amount, data.rate, currency).minor,
    impressions: sign * (data.impressions ?? 0),
    clicks: sign * (data.clicks ?? 0),
  };
}

function countUpTo(changes: readonly SpendChange[], position: Position): number {
  let low = 0;
  let high = changes.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((changes[middle]?.position ?? START) <= position) low = middle + 1;
    else high = middle;
  }
  return low;
}
