import type { StreamEvent } from '#kernel/decider.js';
import { DEFAULT_CHANNEL_RULES } from './default-channel-rules.js';
import type { ChannelRule, ChannelRulesEvent, RawOrigin } from './events/channel-rules-events.js';

export interface ChannelRulesVersion {
  readonly version: number;
  readonly rules: readonly ChannelRule[];
  /** null: built in. */
  readonly definedAt: number | null;
}

export interface ChannelRulesState {
  /** In order; the last is in use for what is recorded now. */
  readonly versions: readonly ChannelRulesVersion[];
  /** Under which version figures show the past; null: as it was recorded. */
  readonly applied: number | null;
}

export const initialChannelRules: ChannelRulesState = {
  versions: [{ version: 1, rules: DEFAULT_CHANNEL_RULES, definedAt: null }],
  applied: null,
};

/** The pure fold of `definition-channels`. An unknown event type changes nothing. */
export function evolveChannelRules(state: ChannelRulesState, event: StreamEvent<ChannelRulesEvent>): ChannelRulesState {
  switch (event.type) {
    case 'definition.channel-rules-defined': {
      const { version, rules } = event.data;
      return { ...state, versions: [...state.versions, { version, rules, definedAt: event.occurredAt }] };
    }
    case 'definition.channel-rules-applied':
      return { ...state, applied: event.data.version };
    default:
      return state;
  }
}

const CONDITIONS = ['source', 'medium', 'campaign'] as const;

/** Whether there is anything to choose by. */
export const hasRawOrigin = (raw: RawOrigin): boolean => CONDITIONS.some((name) => raw[name] !== null);

/** Index of the first rule that holds, -1 for none. A rule without conditions holds always. */
export const ruleThatHolds = (rules: readonly ChannelRule[], raw: RawOrigin): number =>
  rules.findIndex((rule) =>
    CONDITIONS.every((name) => {
      const value = raw[name];
      return rule[name] === undefined || (value !== null && rule[name].some((pattern) => fits(pattern, value)));
    }),
  );

/** Chooses by these rules; remembers what it chose, because few values make most touches. null: no rule holds. */
export function channelChoice(rules: readonly ChannelRule[]): (raw: RawOrigin) => string | null {
  const chosen = new Map<string, string | null>();
  return (raw) => {
    const key = JSON.stringify([raw.source, raw.medium, raw.campaign]);
    let channel = chosen.get(key);
    if (channel === undefined) {
      channel = rules[ruleThatHolds(rules, raw)]?.channel ?? null;
      if (chosen.size >= REMEMBERED) chosen.clear();
      chosen.set(key, channel);
    }
    return channel;
  };
}
const REMEMBERED = 10_000;

/**
 * Rules that can never choose, each with the earlier one that holds wherever it does. Sound, not complete: every one found is unreachable, but a
 * rule that only several earlier ones cover together is not found.
 */
export function unreachableRules(
  rules: readonly ChannelRule[],
): readonly { readonly rule: number; readonly coveredBy: number }[] {
  return rules.flatMap((rule, later) => {
    const coveredBy = rules.slice(0, later).findIndex((earlier) => covers(earlier, rule));
    return coveredBy < 0 ? [] : [{ rule: later, coveredBy }];
  });
}

const covers = (earlier: ChannelRule, later: ChannelRule): boolean =>
  CONDITIONS.every((name) => {
    const [wide, narrow] = [earlier[name], later[name]];
    // A `*` of the narrow pattern is a character that only a `*` of the wide one fits.
    return wide === undefined || (narrow?.every((text) => wide.some((pattern) => fits(pattern, text))) ?? false);
  });

/** Whether a pattern fits a whole text; takes no longer than their lengths multiplied. */
function fits(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.toLowerCase().split('*');
  const whole = text.trim().toLowerCase();
  const last = rest.pop();
  if (last === undefined) return whole === first;
  if (!whole.startsWith(first) || whole.length < first.length + last.length || !whole.endsWith(last)) return false;
  let at = first.length;
  const end = whole.length - last.length;
  for (const part of rest) {
    const found = whole.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return at <= end;
}
