import type { StreamEvent } from '#kernel/decider.js';
import type { SpendEvent, SpendRecordedData } from './events/spend-events.js';

/** One spend with what holds of it now; `first` is what was recorded at the beginning and tells a repeat. */
export interface Spend {
  readonly first: SpendRecordedData;
  readonly data: SpendRecordedData;
  readonly corrections: number;
}

/** The spend of one account in one month, in order of recording. */
export type SpendState = readonly Spend[];

export const initialSpend: SpendState = [];

/** The pure fold of a spend stream. An unknown event type changes nothing. */
export function evolveSpend(state: SpendState, event: StreamEvent<SpendEvent>): SpendState {
  switch (event.type) {
    case 'spend.recorded':
      return [...state, { first: event.data, data: event.data, corrections: 0 }];
    case 'spend.corrected': {
      const { reason: _, ...data } = event.data;
      return state.map((spend) =>
        spend.data.spendId === data.spendId ? { ...spend, data, corrections: spend.corrections + 1 } : spend,
      );
    }
    default:
      return state;
  }
}

export const spendOf = (state: SpendState, spendId: string): Spend | null =>
  state.find(({ data }) => data.spendId === spendId) ?? null;
