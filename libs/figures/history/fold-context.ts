import type { DayNumber, Instant } from '#kernel/time.js';
import type { RawOrigin } from '#campaigns/events/channel-rules-events.js';
import type { TouchLogEntry } from './touches.js';

export interface FoldContext {
  /** The day in the organisation's zone. */
  readonly dayOf: (at: Instant) => DayNumber;
  /** The organisation's. */
  readonly currency: string;
  /** The lead's older touches (`touches.ts`), in order. */
  readonly touchLog: () => readonly TouchLogEntry[];
  /** Chooses channels anew where none was given; left out: they stay as they were recorded. */
  readonly channelOf?: (raw: RawOrigin) => string | null;
}
