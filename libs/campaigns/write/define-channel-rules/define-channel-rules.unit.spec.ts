import type { Decider } from '#kernel/decider.js';
import { decide } from '#kernel/testing/given-when-then.js';
import type { Asked } from '../../asked.js';
import { evolveChannelRules, initialChannelRules, type ChannelRulesState } from '../../channel-rules.js';
import { DEFAULT_CHANNEL_RULES } from '../../default-channel-rules.js';
import type { ChannelRule, ChannelRulesEvent } from '../../events/channel-rules-events.js';
import { asked, NOW, SAM } from '../../testing/campaign-life.js';
import { applyChannelRules } from '../apply-channel-rules/apply-channel-rules.js';
import { defineChannelRules } from './define-channel-rules.js';

const specify = <Input>(decision: (asked: Asked<Input>, state: ChannelRulesState) => ChannelRulesEvent[]) => {
  const decider: Decider<ChannelRulesState, Asked<Input>, ChannelRulesEvent> = {
    initialState: initialChannelRules,
    decide: decision,
    evolve: evolveChannelRules,
  };
  return decide(decider);
};
const event = (type: ChannelRulesEvent['type'], data: object): ChannelRulesEvent =>
  ({ type, occurredAt: NOW, leadId: null, pass: null, data }) as ChannelRulesEvent; // of the type given
const RULES: readonly ChannelRule[] = [{ channel: 'search', source: ['google*'] }, { channel: 'rest' }];
const defined = (version: number, rules = RULES) => event('definition.channel-rules-defined', { version, rules });
const applied = (version: number | null) => event('definition.channel-rules-applied', { version });

describe('DefineChannelRules', () => {
  const given = specify(defineChannelRules).given;

  it('makes the next version, the first of which is 2', () => {
    given([])
      .when(asked({ rules: RULES }))
      .then([defined(2)]);
    given([defined(2)])
      .when(asked({ rules: RULES.slice(0, 1) }))
      .then([defined(3, RULES.slice(0, 1))]);
  });

  it('finds nothing to do where the same rules are in force', () => {
    given([])
      .when(asked({ rules: DEFAULT_CHANNEL_RULES }))
      .thenNothing();
    given([defined(2)])
      .when(asked({ rules: RULES }))
      .thenNothing();
  });

  it('refuses rules that can never choose, no rules, and other teams', () => {
    given([])
      .when(asked({ rules: RULES.toReversed() }))
      .thenRefused('CHANNELS.UNREACHABLE_RULE', 'malformed');
    given([])
      .when(asked({ rules: [] }))
      .thenRefused('CHANNELS.NO_RULES', 'malformed');
    given([])
      .when(asked({ rules: RULES }, SAM))
      .thenRefused('CAMPAIGN.WRONG_TEAM', 'forbidden');
  });
});

describe('ApplyChannelRules', () => {
  const given = specify(applyChannelRules).given;

  it('says under which version figures show the past, and takes it back', () => {
    given([defined(2)])
      .when(asked({ version: 2 }))
      .then([applied(2)]);
    given([])
      .when(asked({ version: 1 }))
      .then([applied(1)]);
    given([applied(1)])
      .when(asked({ version: null }))
      .then([applied(null)]);
  });

  it('finds nothing to do where it is so, and refuses a version that is not there', () => {
    given([applied(1)])
      .when(asked({ version: 1 }))
      .thenNothing();
    given([])
      .when(asked({ version: null }))
      .thenNothing();
    given([])
      .when(asked({ version: 2 }))
      .thenRefused('CHANNELS.NO_SUCH_VERSION', 'not-found');
  });
});
