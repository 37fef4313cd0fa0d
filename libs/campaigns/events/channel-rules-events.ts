import type { DomainEvent } from '#kernel/envelope.js';

/** The raw values that a channel is chosen by. */
export interface RawOrigin {
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
}

/** Holds where every condition that it names holds; a condition holds where one of its patterns fits (`*`: any text; case does not matter). */
export interface ChannelRule {
  readonly channel: string;
  readonly source?: readonly string[];
  readonly medium?: readonly string[];
  readonly campaign?: readonly string[];
}

export interface ChannelRulesDefinedData {
  /** 2 for the first one defined: version 1 is built in. */
  readonly version: number;
  /** The first that holds chooses the channel. */
  readonly rules: readonly ChannelRule[];
}

/** From now on figures show the past as these rules would have chosen; null: as it was chosen when it was recorded. */
export interface ChannelRulesAppliedData {
  readonly version: number | null;
}

export type ChannelRulesEvent =
  | DomainEvent<'definition.channel-rules-defined', ChannelRulesDefinedData>
  | DomainEvent<'definition.channel-rules-applied', ChannelRulesAppliedData>;

export const CHANNEL_RULES_STREAM = 'definition-channels';

/** How a lead or touch names the rules that chose its channel. */
export const channelRuleName = (version: number): string => `channels@${version}`;
