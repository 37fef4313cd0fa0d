import type { PersonalFields } from '#privacy/personal-fields.js';
import type { AttributionEvent } from './attribution-events.js';

/** Nothing of a model is about a person. */
export const ATTRIBUTION_PERSONAL_FIELDS = {
  'attribution.model-defined': [],
} as const satisfies PersonalFields & Record<AttributionEvent['type'], readonly string[]>;
