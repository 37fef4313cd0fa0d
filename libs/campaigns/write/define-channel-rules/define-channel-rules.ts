import { isDeepStrictEqual } from 'node:util';
import { malformed } from '#kernel/errors.js';
import { assertTeam, occurredAtOf, type Asked, type Said } from '../../asked.js';
import { unreachableRules, type ChannelRulesState } from '../../channel-rules.js';
import type { ChannelRule, ChannelRulesEvent } from '../../events/channel-rules-events.js';

export interface DefineChannelRules extends Said {
  readonly rules: readonly ChannelRule[];
}

/**
 * DefineChannelRules: the next version, whole, for what is recorded from now on. Throws `CAMPAIGN.WRONG_TEAM`, `CHANNELS.NO_RULES` and
 * `CHANNELS.UNREACHABLE_RULE` (400, every such rule named).
 */
export function defineChannelRules(asked: Asked<DefineChannelRules>, state: ChannelRulesState): ChannelRulesEvent[] {
  assertTeam(asked.actor, 'DefineChannelRules');
  const occurredAt = occurredAtOf(asked);
  const { rules } = asked.input;
  if (rules.length === 0) throw malformed('CHANNELS.NO_RULES', 'there must be a rule at least');
  const errors = unreachableRules(rules).map(({ rule, coveredBy }) => ({
    pointer: `/rules/${rule}`,
    code: 'CHANNELS.UNREACHABLE_RULE',
    detail: `can never choose ${rules[rule]?.channel ?? ''}: rule ${coveredBy} (${rules[coveredBy]?.channel ?? ''}) holds wherever it does`,
  }));
  if (errors.length > 0) {
    const detail = errors.map((error) => `${error.pointer} ${error.detail}`).join('; ');
    throw malformed('CHANNELS.UNREACHABLE_RULE', detail, errors);
  }
  const last = state.versions.at(-1);
  if (isDeepStrictEqual(last?.rules, rules)) return [];
  const version = (last?.version ?? 0) + 1;
  return [{ type: 'definition.channel-rules-defined', occurredAt, leadId: null, pass: null, data: { version, rules } }];
}
