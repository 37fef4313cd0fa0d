import type { Team } from '#kernel/envelope.js';
import { CREDIT_MODELS, customModel, type CustomWeights, type LearnedModel } from '../credit-models/credit-models.js';
import type { RuleModel } from '../credit-models/rule-model.js';

/** What changes a model's answer beside its weights; together they are one version. */
export interface ModelOptions {
  /** Look-back in whole calendar days, both bounds included; null: without limit. */
  readonly windowDays: number | null;
  /** Of consecutive touches of one channel only the first counts. */
  readonly collapse: boolean;
  /** Whether leads that did not convert count, for the models that look at them (Markov). */
  readonly nulls: boolean;
  /** Channels whose touches earn nothing: what they would have earned goes to the others. */
  readonly excluded: readonly string[];
  /** Teams whose touches earn; a touch that belongs to no team always does. */
  readonly teams: readonly Team[];
}

/** How a version weighs a path: as one of the models that have a name, or by weights of its own. */
export type Weighing = { readonly model: string } | CustomWeights;

export interface ModelVersion {
  readonly id: string;
  readonly version: number;
  readonly weighing: Weighing;
  readonly options: ModelOptions;
}

/** Marketing's touches, and those that a machine recorded: sales' shape the journey, not the credit of channels. */
export const USUAL_OPTIONS: ModelOptions = {
  windowDays: null,
  collapse: false,
  nulls: true,
  excluded: [],
  teams: ['marketing', 'system'],
};

/** The models of `credit-models`, under the usual options, in their order. */
export const BUILT_IN: readonly ModelVersion[] = [...CREDIT_MODELS.keys()].map((id) => ({
  id,
  version: 1,
  weighing: { model: id },
  options: USUAL_OPTIONS,
}));

/** The rule that weighs each path by itself; the name of the learned model where it looks at all paths. */
export function ruleOf({ id, weighing }: ModelVersion): RuleModel | LearnedModel {
  if (!('model' in weighing)) return customModel(id, weighing);
  const model = CREDIT_MODELS.get(weighing.model);
  if (model === undefined) throw new RangeError(`there is no model "${weighing.model}"`);
  return 'learned' in model ? model.name : model;
}

export const isLearned = (version: ModelVersion): boolean => typeof ruleOf(version) === 'string';

/** `linear@1` */
export const modelKey = ({ id, version }: Pick<ModelVersion, 'id' | 'version'>): string => `${id}@${version}`;
