import type { PublicEvents } from '#publishing/public-event.js';
import { text } from '#publishing/shape.js';
import type { OrganisationEvent } from './organisation-events.js';

export const ORGANISATION_PUBLIC_EVENTS = {
  'organisation.configured': {
    version: 1,
    summary: 'In which time zone, currency and fiscal year (`MM-DD` of its start) figures are told.',
    fields: { timeZone: text, currency: text, fiscalYearStart: text },
  },
} satisfies PublicEvents<OrganisationEvent>;
