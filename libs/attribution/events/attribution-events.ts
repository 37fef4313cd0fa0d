import type { DomainEvent } from '#kernel/envelope.js';
import type { ModelOptions, Weighing } from '../credit/model-version.js';

/** A version of a model of one's own, whole: nothing of an earlier version holds beside it. */
export interface ModelDefinedData {
  readonly model: string;
  /** 1 for the first. */
  readonly version: number;
  /** For people; null: its id says enough. */
  readonly name: string | null;
  readonly weighing: Weighing;
  readonly options: ModelOptions;
}

export type AttributionEvent = DomainEvent<'attribution.model-defined', ModelDefinedData>;

/** All models of one's own are in one stream, so that no id is defined twice at once. */
export const DEFINITIONS_STREAM = 'definition-attribution';
