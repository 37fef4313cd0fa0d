import type { EventStore } from '#event-store/event-store.js';
import { streamEvent } from '#event-store/run-decider.js';
import { DomainError } from '#kernel/errors.js';
import type { Channels } from '#platform/channels.js';
import {
  channelChoice,
  evolveChannelRules,
  hasRawOrigin,
  initialChannelRules,
  type ChannelRulesState,
} from './channel-rules.js';
import {
  CHANNEL_RULES_STREAM,
  channelRuleName,
  type ChannelRulesEvent,
  type RawOrigin,
} from './events/channel-rules-events.js';

/** How long rules defined by another process may stay unseen. */
const STALE_AFTER_MS = 250;

type Choice = (raw: RawOrigin) => string | null;

/** The rules as the ledger has them. `clock` tells how old its knowledge is, nothing else. */
export function createChannels(store: EventStore, clock: () => number = Date.now): Channels {
  let known: { readonly choice: Promise<{ version: number; choose: Choice }>; readonly until: number } | null = null;
  let last: { readonly version: number; readonly choose: Choice } | null = null;

  const read = async (): Promise<{ version: number; choose: Choice }> => {
    const { versions } = await readChannelRules(store);
    const { version, rules } = versions.at(-1) ?? { version: 1, rules: [] };
    if (last?.version !== version) last = { version, choose: channelChoice(rules) };
    return last;
  };

  return {
    async choose(raw) {
      if (!hasRawOrigin(raw)) return null;
      if (known === null || clock() >= known.until) {
        const choice = read();
        known = { choice, until: clock() + STALE_AFTER_MS };
        choice.catch(() => (known = null)); // what failed is asked again
      }
      const { version, choose } = await known.choice;
      return { channel: choose(raw), rule: channelRuleName(version) };
    },
  };
}

/** All versions, and which of them figures use. */
export async function readChannelRules(
  store: EventStore,
  options: Parameters<EventStore['readStream']>[1] = {},
): Promise<ChannelRulesState> {
  const events = await store.readStream(CHANNEL_RULES_STREAM, options);
  return events.reduce(
    (state, event) => evolveChannelRules(state, streamEvent<ChannelRulesEvent>(event)),
    initialChannelRules,
  );
}

/** For showing the past under other rules: which ones the ledger says, and what any version chooses. */
export async function pastChannels(
  store: EventStore,
): Promise<{ readonly applied: number | null; readonly choiceOf: (version: number) => Promise<Choice> }> {
  const { applied } = await readChannelRules(store);
  return {
    applied,
    // Read when it is needed: it may have been defined since.
    async choiceOf(version) {
      const { versions } = await readChannelRules(store);
      const found = versions.find((one) => one.version === version);
      if (found === undefined)
        throw new DomainError('not-found', 'CHANNELS.NO_SUCH_VERSION', `there are no channel rules ${version}`);
      return channelChoice(found.rules);
    },
  };
}
