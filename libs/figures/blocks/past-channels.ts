import type { LaneContext } from '#subscriptions/processor.js';
import type { FoldContext } from '../history/fold-context.js';

/** Other channel rules than those that chose when things were recorded, for showing the past under them. */
export interface PastChannels {
  /** The version that figures and credit are to be shown under; null: as it was recorded. */
  readonly applied: number | null;
  choiceOf(version: number): Promise<NonNullable<FoldContext['channelOf']>>;
}

/** A generation's version tells the channel rules that it shows the past under, too: whoever works on it must use the same. */
const RULES = 1_000;

/** `version` is below 1,000. */
export const versionUnder = (version: number, channels: PastChannels | undefined): number =>
  version + RULES * (channels?.applied ?? 0);

/** What chooses channels anew in the generation that this lane works on; undefined where the past stays as it was recorded. */
export async function channelsOf(
  { store, generation }: LaneContext,
  processor: string,
  channels: PastChannels | undefined,
): Promise<FoldContext['channelOf']> {
  if (channels === undefined) return undefined;
  const own = (await store.status()).find((one) => one.processor === processor && one.generation === generation);
  const rules = own === undefined ? (channels.applied ?? 0) : Math.floor(own.version / RULES);
  return rules === 0 ? undefined : channels.choiceOf(rules);
}
