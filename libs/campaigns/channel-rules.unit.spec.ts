import fc from 'fast-check';
import { channelChoice, initialChannelRules, ruleThatHolds, unreachableRules } from './channel-rules.js';
import { DEFAULT_CHANNEL_RULES } from './default-channel-rules.js';
import type { ChannelRule, RawOrigin } from './events/channel-rules-events.js';

const raw = (source: string | null, medium: string | null = null, campaign: string | null = null): RawOrigin => ({
  source,
  medium,
  campaign,
});

describe('The built-in channel rules', () => {
  const choose = channelChoice(DEFAULT_CHANNEL_RULES);

  it.each([
    ['google', 'cpc', 'paid_search'],
    ['Google', 'CPC', 'paid_search'],
    ['google', 'organic', 'organic_search'],
    ['google', null, 'organic_search'],
    ['facebook_ads', 'paid_social', 'paid_social'],
    ['linkedin', 'social', 'social'],
    ['linkedin', 'cpc', 'paid_social'],
    ['youtube', 'cpv', 'paid_video'],
    ['youtube', 'referral', 'organic_video'],
    ['adsite.example', 'banner', 'display'],
    ['adsite.example', 'cpc', 'paid_other'],
    ['mailchimp', 'newsletter', 'email'],
    ['newsletter', null, 'email'],
    ['partner.example', 'referral', 'referral'],
    ['awin', 'affiliate', 'affiliates'],
    ['(direct)', '(none)', 'direct'],
    ['expo', 'trade-show', 'event'],
    ['sales', 'cold-call', 'outbound'],
    ['something', 'else', null],
  ])('turn source %s and medium %s into %s', (source, medium, channel) => {
    expect(choose(raw(source, medium))).toBe(channel);
  });

  it('can all be reached', () => {
    expect(unreachableRules(DEFAULT_CHANNEL_RULES)).toEqual([]);
    expect(initialChannelRules.versions).toMatchObject([{ version: 1, definedAt: null }]);
  });
});

describe('A rule', () => {
  const holds = (rule: Omit<ChannelRule, 'channel'>, values: RawOrigin) =>
    ruleThatHolds([{ channel: 'x', ...rule }], values) === 0;

  it('holds where each condition has a pattern that fits the whole text, whatever its case', () => {
    expect(holds({ source: ['goo*le'] }, raw('GOOGLE'))).toBe(true);
    expect(holds({ source: ['goo*le'] }, raw('google.com'))).toBe(false);
    expect(holds({ source: ['a*b*c'] }, raw('a1b2c'))).toBe(true);
    expect(holds({ source: ['ab*ba'] }, raw('aba'))).toBe(false);
    expect(holds({ source: ['*'] }, raw('anything'))).toBe(true);
    expect(holds({ source: ['google'], medium: ['cpc'] }, raw('google', 'organic'))).toBe(false);
    expect(holds({ medium: ['cpc', 'ppc'] }, raw(null, 'ppc'))).toBe(true);
    expect(holds({ campaign: ['brand-*'] }, raw('google', 'cpc', 'brand-2026'))).toBe(true);
  });

  it('does not hold where a condition has nothing to judge by, and always without conditions', () => {
    expect(holds({ source: ['*'] }, raw(null, 'cpc'))).toBe(false);
    expect(holds({}, raw(null))).toBe(true);
  });
});

describe('An unreachable rule', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 4 });
  const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*'), minLength: 1, maxLength: 4 });
  const patterns = fc.option(fc.array(pattern, { minLength: 1, maxLength: 2 }), { nil: undefined });
  const rule = fc
    .record({ channel: fc.constant('x'), source: patterns, medium: patterns })
    .map(({ source, medium, channel }): ChannelRule => ({
      channel,
      ...(source === undefined ? {} : { source }),
      ...(medium === undefined ? {} : { medium }),
    }));
  const origin = fc.record({ source: fc.option(text), medium: fc.option(text), campaign: fc.constant(null) });

  it('never chooses', () => {
    fc.assert(
      fc.property(fc.array(rule, { maxLength: 5 }), fc.array(origin, { maxLength: 40 }), (rules, origins) => {
        const never = new Set(unreachableRules(rules).map((one) => one.rule));
        for (const one of origins) expect(never.has(ruleThatHolds(rules, one))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('is found behind a wider one, with that one', () => {
    expect(
      unreachableRules([
        { channel: 'search', source: ['goo*', 'bing'] },
        { channel: 'paid', source: ['google', 'google*ads'], medium: ['cpc'] },
        { channel: 'other', source: ['yahoo'] },
        { channel: 'rest' },
        { channel: 'late', campaign: ['x'] },
      ]),
    ).toEqual([
      { rule: 1, coveredBy: 0 },
      { rule: 4, coveredBy: 3 },
    ]);
  });
});
