import { commonParameters, parameterReader, type CommonParameters } from '#figures/report/parameters.js';
import { didYouMean } from '#kernel/near-match.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { TOUCH_DIMENSIONS } from '../credit/credit-space.js';
import { isLearned } from '../credit/model-version.js';
import type { DefinedModel } from '../definitions.js';

export interface AskedModel {
  /** As asked: `linear`, or `own@2`. */
  readonly key: string;
  readonly model: DefinedModel;
}

export interface CreditParameters extends CommonParameters {
  readonly models: readonly AskedModel[];
  /** Whether the period is that of the conversion (or payment), or of the touch that earns. */
  readonly on: 'conversion' | 'touch';
  /** Models that were not asked for by name and cannot answer this question. */
  readonly leftOut: readonly string[];
}

/** Side by side where nobody says which. */
const USUAL_MODELS = ['first-touch', 'last-touch', 'linear', 'time-decay-7d', 'position-40-20-40', 'markov-1'];

/** Reads what `/attribution` and `/roi` take. Throws 400 `QUERY.*`, naming everything that is wrong. */
export function creditParameters(
  raw: Query,
  fiscalYearStart: string,
  known: readonly DefinedModel[],
): CreditParameters {
  const reader = parameterReader(raw);
  const common = commonParameters(raw, reader, ['models', 'on'], fiscalYearStart);
  const by = common.by.length === 0 ? ['channel'] : common.by;
  for (const name of [...by, ...common.filters.keys()]) {
    if (TOUCH_DIMENSIONS.some((one) => one === name)) continue;
    const near = didYouMean(name, [...TOUCH_DIMENSIONS, 'models', 'on', 'period', 'grain', 'knownAt']);
    if (by.includes(name))
      reader.wrong(
        'by',
        'QUERY.UNKNOWN_DIMENSION',
        `credit has no dimension "${name}"${near}; it has ${TOUCH_DIMENSIONS.join(', ')}`,
      );
    else
      reader.wrong(
        name,
        'QUERY.UNKNOWN_PARAMETER',
        `"${name}" is neither a parameter of this report nor a dimension of credit${near}`,
      );
  }
  const on = reader.one('on') ?? 'conversion';
  if (on !== 'conversion' && on !== 'touch')
    reader.wrong('on', 'QUERY.BAD_PARAMETER', `on is conversion or touch, not "${on}"`);
  const asked = reader.list('models');
  const named = asked.length > 0;
  const keys = named ? asked : USUAL_MODELS;
  if (new Set(keys).size !== keys.length) reader.wrong('models', 'QUERY.REPEATED_MODEL', 'models names a model twice');
  const whyNot = learnedRefusal(by, common.filters, on === 'touch' ? 'touch' : 'conversion');
  const models: AskedModel[] = [];
  const leftOut: string[] = [];
  for (const key of keys) {
    const model = findModel(known, key);
    if (model === null) {
      reader.wrong('models', 'QUERY.UNKNOWN_MODEL', unknownModel(known, key));
    } else if (whyNot === null || !isLearned(model)) models.push({ key, model });
    else if (named) reader.wrong('models', 'QUERY.MODEL_CREDITS_CHANNELS', `${key} ${whyNot}`);
    else leftOut.push(key);
  }
  reader.finish();
  return { ...common, by, models, leftOut, on: on === 'touch' ? 'touch' : 'conversion' };
}

/** `id` is the latest version, `id@n` that one. */
export function findModel(known: readonly DefinedModel[], key: string): DefinedModel | null {
  const [id = '', version] = key.split('@');
  return (
    known.findLast((model) => model.id === id && (version === undefined || String(model.version) === version)) ?? null
  );
}

export function unknownModel(known: readonly DefinedModel[], key: string): string {
  const ids = known.map(({ id }) => id);
  return `"${key}" is not a model${didYouMean(key, ids)}; GET /attribution/models lists them`;
}

/** Models that learn from all paths together know channels alone, and the day of the conversion. */
function learnedRefusal(
  by: readonly string[],
  filters: CommonParameters['filters'],
  on: 'conversion' | 'touch',
): string | null {
  if (by.length !== 1 || by[0] !== 'channel') return 'learns from paths of channels: it answers by=channel alone';
  if ([...filters.keys()].some((name) => name !== 'channel'))
    return 'learns from all paths: only channel filters its answer';
  return on === 'touch' ? 'looks at whole paths: it answers on=conversion alone' : null;
}
