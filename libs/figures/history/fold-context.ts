import type { DayNumber, Instant } from '#kernel/time.js';
import type { TouchLogEntry } from './touches.js';

export interface FoldContext {
  /** The day in the organisation's zone. */
  readonly dayOf: (at: Instant) => DayNumber;
  /** The organisation's. */
  readonly currency: string;
  /** The lead's older touches (`touches.ts`), in order. */
  readonly touchLog: () => readonly TouchLogEntry[];
}
