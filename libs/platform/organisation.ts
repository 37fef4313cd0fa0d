import type { OrganisationConfiguredData } from '#organisation/events/organisation-events.js';

/** What the ledger recorded at its first start: time zone, currency and fiscal year of every answer. */
export type Organisation = OrganisationConfiguredData;

/** Nest injection token of the recorded `Organisation`. */
export const ORGANISATION = Symbol('Organisation');
