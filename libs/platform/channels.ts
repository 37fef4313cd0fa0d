import type { RawOrigin } from '#campaigns/events/channel-rules-events.js';

/** A channel that the rules in force chose, and their name (`channels@2`); null: none of them holds. */
export interface ChosenChannel {
  readonly channel: string | null;
  readonly rule: string;
}

/** Chooses channels by the rules in force. */
export interface Channels {
  /** null: there is nothing to choose by. */
  choose(raw: RawOrigin): Promise<ChosenChannel | null>;
}

/** Nest injection token. */
export const CHANNELS = Symbol('Channels');
