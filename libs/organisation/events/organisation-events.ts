import type { DomainEvent } from '#kernel/envelope.js';

export interface OrganisationConfiguredData {
  /** IANA name. */
  readonly timeZone: string;
  /** ISO 4217. */
  readonly currency: string;
  /** `MM-DD`; FY2026 is the fiscal year that ends in 2026 (`01-01`: the calendar year 2026). */
  readonly fiscalYearStart: string;
}

export type OrganisationEvent = DomainEvent<'organisation.configured', OrganisationConfiguredData>;

export const ORGANISATION_STREAM = 'organisation';
