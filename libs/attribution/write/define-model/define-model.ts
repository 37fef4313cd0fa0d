import { isDeepStrictEqual } from 'node:util';
import type { Actor, Team } from '#kernel/envelope.js';
import { DomainError, malformed, refused } from '#kernel/errors.js';
import { assertNotInFuture, type Instant } from '#kernel/time.js';
import { CREDIT_MODELS, customModel } from '../../credit-models/credit-models.js';
import type { ModelOptions, Weighing } from '../../credit/model-version.js';
import type { AttributionEvent, ModelDefinedData } from '../../events/attribution-events.js';

export interface DefineModel {
  readonly occurredAt?: Instant;
  readonly model: string;
  readonly name: string | null;
  readonly weighing: Weighing;
  readonly options: ModelOptions;
}

export interface AskedModelDefinition {
  readonly actor: Actor;
  readonly now: Instant;
  readonly input: DefineModel;
}

/** Who may say how credit is shared. Sales may ask for it, like everybody. */
const MAY_DEFINE: readonly Team[] = ['marketing', 'management', 'finance', 'system'];

/**
 * DefineAttributionModel: a first version, or one after the last; saying again what holds changes nothing. Throws `ATTRIBUTION.WRONG_TEAM` (403),
 * `ATTRIBUTION.MODEL_IS_BUILT_IN` (409), `ATTRIBUTION.UNKNOWN_MODEL`, `ATTRIBUTION.BAD_WEIGHTS` (400) and `REQUEST.OCCURRED_IN_FUTURE`.
 */
export function defineModel(
  { actor, now, input }: AskedModelDefinition,
  defined: readonly ModelDefinedData[],
): AttributionEvent[] {
  if (!MAY_DEFINE.includes(actor.team))
    throw new DomainError(
      'forbidden',
      'ATTRIBUTION.WRONG_TEAM',
      `DefineAttributionModel is for ${MAY_DEFINE.join(', ')}, not for ${actor.team}`,
    );
  const occurredAt = input.occurredAt ?? now;
  assertNotInFuture(occurredAt, now);
  const { model, name, weighing, options } = input;
  if (CREDIT_MODELS.has(model))
    throw refused('ATTRIBUTION.MODEL_IS_BUILT_IN', `"${model}" is a model that everybody has; give yours another name`);
  assertWeighing(model, weighing);
  const last = defined.findLast((one) => one.model === model);
  const excluded = [...new Set(options.excluded)].sort();
  const teams = [...new Set(options.teams)].sort();
  const data: ModelDefinedData = {
    model,
    version: (last?.version ?? 0) + 1,
    name,
    weighing,
    options: { ...options, excluded, teams },
  };
  if (last !== undefined && isDeepStrictEqual({ ...last, version: 0 }, { ...data, version: 0 })) return [];
  return [{ type: 'attribution.model-defined', occurredAt, leadId: null, pass: null, data }];
}

function assertWeighing(id: string, weighing: Weighing): void {
  if ('model' in weighing) {
    if (CREDIT_MODELS.has(weighing.model)) return;
    const detail = `"${weighing.model}" is none of ${[...CREDIT_MODELS.keys()].join(', ')}`;
    throw malformed('ATTRIBUTION.UNKNOWN_MODEL', detail, [
      { pointer: '/model', code: 'ATTRIBUTION.UNKNOWN_MODEL', detail },
    ]);
  }
  try {
    customModel(id, weighing);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const pointer = 'milestones' in weighing ? '/milestones' : '/kinds';
    throw malformed('ATTRIBUTION.BAD_WEIGHTS', error.message, [
      { pointer, code: 'ATTRIBUTION.BAD_WEIGHTS', detail: error.message },
    ]);
  }
}
