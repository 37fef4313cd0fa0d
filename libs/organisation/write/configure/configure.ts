import { calendar } from '#kernel/calendar.js';
import { refused } from '#kernel/errors.js';
import { currencyDigits } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import type { OrganisationConfiguredData, OrganisationEvent } from '../../events/organisation-events.js';

/** What the configuration asks for; what is left out takes the recorded value. */
export type WantedOrganisation = Partial<OrganisationConfiguredData>;

/**
 * What every day and amount of this ledger is counted in: recorded once, at first start, and asked to be the same ever after.
 * Throws `CALENDAR.*`, `MONEY.UNKNOWN_CURRENCY`, and `CONFIG.DIFFERS_FROM_LEDGER` (409), which names the variables and both values.
 */
export function configure(
  wanted: WantedOrganisation,
  recorded: OrganisationConfiguredData | null,
  now: Instant,
): OrganisationEvent[] {
  if (recorded !== null) {
    assertSame(wanted, recorded);
    return [];
  }
  const data: OrganisationConfiguredData = {
    timeZone: wanted.timeZone ?? DEFAULTS.timeZone,
    currency: wanted.currency ?? DEFAULTS.currency,
    fiscalYearStart: wanted.fiscalYearStart ?? DEFAULTS.fiscalYearStart,
  };
  calendar(data.timeZone, data.fiscalYearStart);
  currencyDigits(data.currency);
  return [{ type: 'organisation.configured', occurredAt: now, leadId: null, pass: null, data }];
}

const DEFAULTS: OrganisationConfiguredData = { timeZone: 'UTC', currency: 'EUR', fiscalYearStart: '01-01' };

const VARIABLES = {
  timeZone: 'CONCORD_TIME_ZONE',
  currency: 'CONCORD_CURRENCY',
  fiscalYearStart: 'CONCORD_FISCAL_YEAR_START',
} as const;

function assertSame(wanted: WantedOrganisation, recorded: OrganisationConfiguredData): void {
  const differing = (['timeZone', 'currency', 'fiscalYearStart'] as const).flatMap((field) => {
    const asked = wanted[field];
    return asked === undefined || asked === recorded[field]
      ? []
      : [`${VARIABLES[field]} is "${asked}", but the ledger was recorded with "${recorded[field]}"`];
  });
  if (differing.length > 0)
    throw refused('CONFIG.DIFFERS_FROM_LEDGER', `${differing.join('; ')}: unset it, or start with another data folder`);
}
