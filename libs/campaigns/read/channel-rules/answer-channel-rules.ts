import { malformed } from '#kernel/errors.js';
import { instantOrNull } from '#platform/questions/wire.js';
import {
  instantOf,
  integerOf,
  positionOfQuery,
  refuseUnknown,
  valueOf,
  type Query,
} from '#platform/questions/query-parameters.js';
import { asOf, type AsOf, type ReadSide } from '#platform/questions/read-side.js';
import { hasRawOrigin, ruleThatHolds, type ChannelRulesState } from '../../channel-rules.js';
import { readChannelRules } from '../../channels.js';
import { channelRuleName, type ChannelRule } from '../../events/channel-rules-events.js';

export interface ChannelRulesAnswer {
  readonly asOf: AsOf;
  /** The version that chooses for what is recorded now. */
  readonly version: number;
  /** Under which version figures show the past; null: as it was chosen when it was recorded. */
  readonly applied: number | null;
  readonly versions: readonly {
    readonly version: number;
    /** null: built in. */
    readonly definedAt: string | null;
    readonly rules: readonly ChannelRule[];
  }[];
}

/** What `GET /definitions/channels` answers, from the ledger itself. */
export async function answerChannelRules(side: ReadSide, query: Query): Promise<ChannelRulesAnswer> {
  refuseUnknown(query, ['minPosition', 'knownAt']);
  const { state, known } = await stateAsOf(side, query);
  return {
    asOf: known,
    version: state.versions.at(-1)?.version ?? 1,
    applied: state.applied,
    versions: state.versions.map(({ version, definedAt, rules }) => ({
      version,
      definedAt: instantOrNull(definedAt),
      rules,
    })),
  };
}

export interface ClassifiedAnswer {
  readonly asOf: AsOf;
  /** null: no rule holds. */
  readonly channel: string | null;
  /** `channels@2` */
  readonly channelRule: string;
  /** The rule that chose, from 0; null: none. */
  readonly index: number | null;
  readonly rule: ChannelRule | null;
}

/**
 * What `GET /definitions/channels/classify` answers: which channel these values would get, and by which rule; nothing is recorded. Throws
 * `QUERY.NOTHING_TO_CLASSIFY`, `QUERY.BAD_PARAMETER`.
 */
export async function answerClassified(side: ReadSide, query: Query): Promise<ClassifiedAnswer> {
  refuseUnknown(query, ['source', 'medium', 'campaign', 'version', 'minPosition', 'knownAt']);
  const named = (name: string): string | null => {
    const text = valueOf(query, name);
    return text === undefined || text.trim() === '' ? null : text;
  };
  const raw = { source: named('source'), medium: named('medium'), campaign: named('campaign') };
  if (!hasRawOrigin(raw)) throw malformed('QUERY.NOTHING_TO_CLASSIFY', 'name a source, a medium or a campaign');
  const wanted = integerOf(query, 'version', 1, 999_999);
  const { state, known } = await stateAsOf(side, query);
  const one = wanted === undefined ? state.versions.at(-1) : state.versions.find(({ version }) => version === wanted);
  if (one === undefined) throw malformed('QUERY.BAD_PARAMETER', `there are no channel rules ${wanted ?? ''}`);
  const index = ruleThatHolds(one.rules, raw);
  const rule = one.rules[index] ?? null;
  return {
    asOf: known,
    channel: rule?.channel ?? null,
    channelRule: channelRuleName(one.version),
    index: rule === null ? null : index,
    rule,
  };
}

async function stateAsOf(side: ReadSide, query: Query): Promise<{ state: ChannelRulesState; known: AsOf }> {
  positionOfQuery(query, 'minPosition'); // the ledger itself is never behind
  const knownAt = instantOf(query, 'knownAt') ?? null;
  const upTo = knownAt === null ? await side.eventStore.head() : await side.eventStore.positionAt(knownAt);
  return {
    state: await readChannelRules(side.eventStore, { upTo }),
    known: await asOf(side.eventStore, upTo, knownAt),
  };
}
