import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { runDecider } from '#event-store/run-decider.js';
import type { Asked, Said } from '../asked.js';
import type { CampaignsDeps } from '../campaigns-deps.js';
import { evolveChannelRules, initialChannelRules, type ChannelRulesState } from '../channel-rules.js';
import { CHANNEL_RULES_STREAM, type ChannelRulesEvent } from '../events/channel-rules-events.js';
import { actingAt } from '../run-campaign-command.js';
import { applyChannelRules, type ApplyChannelRules } from './apply-channel-rules/apply-channel-rules.js';
import { defineChannelRules, type DefineChannelRules } from './define-channel-rules/define-channel-rules.js';

type Deps = Pick<CampaignsDeps, 'store' | 'roster'>;

export const handleDefineChannelRules = (deps: Deps, context: CommandContext, input: DefineChannelRules) =>
  run(deps, context, input, defineChannelRules);

export const handleApplyChannelRules = (deps: Deps, context: CommandContext, input: ApplyChannelRules) =>
  run(deps, context, input, applyChannelRules);

async function run<Input extends Said>(
  { store, roster }: Deps,
  given: CommandContext,
  input: Input,
  decide: (asked: Asked<Input>, state: ChannelRulesState) => ChannelRulesEvent[],
): Promise<Outcome> {
  const context = await actingAt(roster, given, input.occurredAt ?? given.now);
  return runDecider<ChannelRulesState, ChannelRulesEvent>(store, {
    id: CHANNEL_RULES_STREAM,
    stream: CHANNEL_RULES_STREAM,
    context,
    initialState: initialChannelRules,
    evolve: evolveChannelRules,
    decide: (state) => decide({ actor: context.actor, now: context.now, input }, state),
  });
}
