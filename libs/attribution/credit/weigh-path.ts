import type { DayNumber, Instant } from '#kernel/time.js';
import { pathTable, type PathTable } from '../credit-models/path-table.js';
import type { RuleModel } from '../credit-models/rule-model.js';
import { preparePath, type PathOptions, type Touch } from '../credit-models/touch-path.js';
import type { CreditTouch } from './credit-history.js';
import { ruleOf, type ModelOptions, type ModelVersion } from './model-version.js';

/** Models that see the same path: those whose options are the same. */
export interface ModelGroup {
  readonly options: ModelOptions;
  /** `place` in the processor's list of models, by which their facts are stored. */
  readonly rules: readonly { readonly place: number; readonly rule: RuleModel }[];
  /** Whether one of them learns from all paths together. */
  readonly learned: boolean;
  readonly pathOptions: PathOptions;
  readonly credits: (touch: CreditTouch) => boolean;
}

export function modelGroups(models: readonly ModelVersion[], dayOf: (at: Instant) => DayNumber): readonly ModelGroup[] {
  const groups = new Map<string, { options: ModelOptions; versions: { place: number; version: ModelVersion }[] }>();
  models.forEach((version, place) => {
    const key = JSON.stringify(version.options);
    const group = groups.get(key) ?? { options: version.options, versions: [] };
    group.versions.push({ place, version });
    groups.set(key, group);
  });
  return [...groups.values()].map(({ options, versions }) => {
    const rules = versions.flatMap(({ place, version }) => {
      const rule = ruleOf(version);
      return typeof rule === 'string' ? [] : [{ place, rule }];
    });
    const { windowDays, collapse, excluded, teams } = options;
    return {
      options,
      rules,
      learned: rules.length < versions.length,
      pathOptions: {
        window: windowDays === null ? null : { days: windowDays, dayOf },
        excluded: new Set(excluded),
        transforms: collapse ? [{ kind: 'exposure' }] : [],
      },
      credits: ({ team }) => team === null || teams.includes(team),
    };
  });
}

/** A touch as models see it, with the one behind it. */
interface Seen extends Touch {
  readonly touch: CreditTouch;
}

export interface Milestones {
  readonly closedAt: Instant;
  readonly leadCreatedAt: Instant | null;
  readonly opportunityAt: Instant | null;
}

export interface WeighedPath {
  /** What the group's models see, oldest first. */
  readonly touches: readonly CreditTouch[];
  /** For the rules; null: there is no touch. */
  readonly table: PathTable | null;
}

/** Touches that the group sees, in order; those after the close are left out already. */
export function pathOf(group: ModelGroup, touches: readonly CreditTouch[], milestones: Milestones): WeighedPath {
  const seen = touches.map((touch): Seen => ({ channel: touch.channel ?? '', at: touch.at, kind: touch.kind, touch }));
  const prepared = preparePath({ ...milestones, touches: seen }, group.pathOptions);
  // `preparePath` hands on touches that it was given.
  const left = prepared.touches as readonly Seen[];
  if (left.length === 0) return { touches: [], table: null };
  return { touches: left.map(({ touch }) => touch), table: touchByTouch(prepared, left) };
}

/** The path alone, converting once, each touch a channel of its own: credit by channel is then credit by touch. */
function touchByTouch(
  prepared: Parameters<ReturnType<typeof pathTable>['add']>[0],
  touches: readonly Touch[],
): PathTable {
  const builder = pathTable();
  builder.add(prepared, { conversions: 1, value: 0, nulls: 0 });
  const table = builder.build();
  const { channelOf, isDirect } = table;
  return {
    ...table,
    channels: touches.map(({ channel }) => channel),
    isDirect: Uint8Array.from(channelOf, (number) => isDirect[number] ?? 0),
    channelOf: Uint32Array.from(channelOf, (_, place) => place),
  };
}

/** Below this a weight is what rounding left of nothing. */
const LEAST = 1e-12;

/** The weights of a path's touches under a rule, and their sum; null where the rule credits none of them. */
export function weightsOf(
  rule: RuleModel,
  table: PathTable,
): { readonly weights: Float64Array; readonly sum: number } | null {
  const size = table.channels.length;
  const weights = new Float64Array(size);
  const left = rule.credit(table, { conversions: weights, value: new Float64Array(size) });
  if (left.conversions > 0) return null;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    const weight = weights[i] ?? 0;
    if (weight < LEAST) weights[i] = 0;
    else sum += weight;
  }
  return sum > 0 ? { weights, sum } : null;
}
