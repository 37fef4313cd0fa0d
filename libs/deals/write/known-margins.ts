import { foldStream } from '#event-store/folded-streams.js';
import { calendarOf } from '#kernel/calendar.js';
import { dayText, type Instant } from '#kernel/time.js';
import { MARGINS_STREAM, type MarginEvent, type MarginsDefinedData } from '../events/margin-events.js';
import { evolveMargins, marginTableOn, type MarginTables } from '../margins.js';
import type { DealsDeps } from './deals-deps.js';

/** The margin table for a payment of this moment, as it is recorded now; null: there is none. */
export async function marginTableAt(
  { store, organisation }: Pick<DealsDeps, 'store' | 'organisation'>,
  at: Instant,
): Promise<MarginsDefinedData | null> {
  // Goes on from what it read last: what another process defined a moment ago counts as well.
  const { state } = await foldStream<MarginTables, MarginEvent>(store, {
    stream: MARGINS_STREAM,
    initialState: [],
    evolve: evolveMargins,
  });
  return state.length === 0 ? null : marginTableOn(state, dayText(calendarOf(organisation).dayOf(at)));
}
