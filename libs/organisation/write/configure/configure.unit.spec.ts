import { DomainError } from '#kernel/errors.js';
import { configure, type WantedOrganisation } from './configure.js';

const RECORDED = { timeZone: 'Europe/Berlin', currency: 'EUR', fiscalYearStart: '04-01' };
const NOW = 1_700_000_000_000;

describe('Configure', () => {
  it('records what is wanted at first start, with defaults for the rest', () => {
    const event = { type: 'organisation.configured', occurredAt: NOW, leadId: null, pass: null } as const;
    expect(configure({}, null, NOW)).toEqual([
      { ...event, data: { timeZone: 'UTC', currency: 'EUR', fiscalYearStart: '01-01' } },
    ]);
    expect(configure(RECORDED, null, NOW)).toEqual([{ ...event, data: RECORDED }]);
  });

  it('finds nothing to do when the same or nothing is wanted', () => {
    expect(configure(RECORDED, RECORDED, NOW)).toEqual([]);
    expect(configure({ currency: 'EUR' }, RECORDED, NOW)).toEqual([]);
    expect(configure({}, RECORDED, NOW)).toEqual([]);
  });

  it('refuses another value and names the variable and both values', () => {
    const { code, detail } = refusal({ timeZone: 'UTC', currency: 'USD', fiscalYearStart: '04-01' }, RECORDED);
    expect(code).toBe('CONFIG.DIFFERS_FROM_LEDGER');
    for (const word of ['CONCORD_TIME_ZONE', 'UTC', 'Europe/Berlin', 'CONCORD_CURRENCY', 'USD', 'EUR'])
      expect(detail).toContain(word);
    expect(detail).not.toContain('CONCORD_FISCAL_YEAR_START');
  });

  it.each<[string, WantedOrganisation]>([
    ['CALENDAR.UNKNOWN_TIME_ZONE', { timeZone: 'Mars/Olympus' }],
    ['CALENDAR.BAD_FISCAL_YEAR_START', { fiscalYearStart: '02-29' }],
    ['MONEY.UNKNOWN_CURRENCY', { currency: 'EURO' }],
  ])('refuses at first start with %s', (code, wanted) => {
    expect(refusal(wanted, null).code).toBe(code);
  });
});

function refusal(wanted: WantedOrganisation, recorded: typeof RECORDED | null): DomainError {
  try {
    configure(wanted, recorded, NOW);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
  throw new Error('expected a refusal');
}
