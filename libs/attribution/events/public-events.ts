import type { PublicEvents } from '#publishing/public-event.js';
import type { AttributionEvent } from './attribution-events.js';

export const ATTRIBUTION_PUBLIC_EVENTS = {
  'attribution.model-defined': { isPrivate: 'a setting of reports, which name the model and version that they used' },
} satisfies PublicEvents<AttributionEvent>;
