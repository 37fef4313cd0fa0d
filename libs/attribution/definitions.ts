import type { EventStore } from '#event-store/event-store.js';
import type { Instant } from '#kernel/time.js';
import { BUILT_IN_CREDIT, type CreditSet } from './credit/attribution-processor.js';
import { BUILT_IN, type ModelVersion } from './credit/model-version.js';
import { DEFINITIONS_STREAM, type ModelDefinedData } from './events/attribution-events.js';

/** A version of a model, built in or defined by a command. */
export interface DefinedModel extends ModelVersion {
  readonly name: string | null;
  /** Null: built in. */
  readonly definedAt: Instant | null;
}

/** Every version of every model, those that everybody has first, then in the order of their definition. */
export async function definedModels(eventStore: EventStore): Promise<readonly DefinedModel[]> {
  const models = BUILT_IN.map((model): DefinedModel => ({ ...model, name: null, definedAt: null }));
  for (const event of await eventStore.readStream(DEFINITIONS_STREAM)) {
    if (event.type !== 'attribution.model-defined') continue;
    models.push(modelOf(event.data() as ModelDefinedData, event.recordedAt)); // the type says so
  }
  return models;
}

export const modelOf = ({ model, version, name, weighing, options }: ModelDefinedData, at: Instant): DefinedModel => ({
  id: model,
  version,
  name,
  weighing,
  options,
  definedAt: at,
});

/** Who keeps a model's credit: a version that was defined has a processor of its own, replayed from the start beside the others. */
export const creditSetOf = (model: DefinedModel): CreditSet =>
  model.definedAt === null
    ? BUILT_IN_CREDIT
    : { processor: `attribution-${model.id}-v${model.version}`, models: [model], journeys: false };

/** One set a processor. */
export function creditSetsOf(models: readonly DefinedModel[]): readonly CreditSet[] {
  return [BUILT_IN_CREDIT, ...models.filter(({ definedAt }) => definedAt !== null).map(creditSetOf)];
}
