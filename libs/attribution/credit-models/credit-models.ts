import { kindWeights } from './kind-weights.js';
import { linear } from './linear.js';
import { fullPath, milestoneWeights, uFtLc404020, uFtLc5050, w30303010 } from './milestone-weights.js';
import { position402040 } from './position-based.js';
import type { RuleModel } from './rule-model.js';
import { firstTouch, lastNonDirect, lastTouch } from './single-touch.js';
import { timeDecay7d } from './time-decay.js';

/** Models that learn from all paths together. */
export type LearnedModel = 'markov-1' | 'shapley';
export type CreditModel = RuleModel | { readonly name: LearnedModel; readonly learned: true };

export const RULE_MODELS: readonly RuleModel[] = [
  firstTouch,
  lastTouch,
  lastNonDirect,
  linear,
  timeDecay7d,
  position402040,
  uFtLc404020,
  uFtLc5050,
  w30303010,
  fullPath,
];

/** Every model that has a name of its own; "U-shaped" alone is three different models, so no name goes without its numbers. */
export const CREDIT_MODELS: ReadonlyMap<string, CreditModel> = new Map<string, CreditModel>([
  ...RULE_MODELS.map((model): [string, CreditModel] => [model.name, model]),
  ['markov-1', { name: 'markov-1', learned: true }],
  ['shapley', { name: 'shapley', learned: true }],
]);

/** Weights as data: by milestone, or by kind of touch. */
export type CustomWeights =
  | { readonly milestones: Readonly<Partial<Record<'ft' | 'lc' | 'oc' | 'cw' | 'rest', number>>> }
  | { readonly kinds: Readonly<Record<string, number>>; readonly other?: number };

/** Throws RangeError where a weight is negative or not finite, or none is above 0. */
export function customModel(name: string, weights: CustomWeights): RuleModel {
  const numbers =
    'milestones' in weights ? Object.values(weights.milestones) : [...Object.values(weights.kinds), weights.other ?? 0];
  if (!numbers.some((weight) => weight > 0) || numbers.some((weight) => !(weight >= 0) || !Number.isFinite(weight)))
    throw new RangeError(`the weights of "${name}" must be 0 or more, and one of them above 0`);
  if ('milestones' in weights) return milestoneWeights(name, weights.milestones);
  return kindWeights(name, new Map(Object.entries(weights.kinds)), weights.other ?? 0);
}
