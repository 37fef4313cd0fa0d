import fc from 'fast-check';
import { calendar } from './calendar.js';
import { DomainError } from './errors.js';
import { dayText, parseDay, parseInstant } from './time.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Chatham',
];
const at = (text: string): number => parseInstant(text)!;
const day = (text: string): number => parseDay(text)!;

describe('calendar', () => {
  it('gives the day of an instant in the zone', () => {
    expect(dayText(calendar('Europe/Berlin', '01-01').dayOf(at('2026-03-01T22:59:59.999Z')))).toBe('2026-03-01');
    expect(dayText(calendar('Europe/Berlin', '01-01').dayOf(at('2026-03-01T23:00:00Z')))).toBe('2026-03-02');
    expect(dayText(calendar('America/New_York', '01-01').dayOf(at('2026-03-01T04:59:59Z')))).toBe('2026-02-28');
    expect(dayText(calendar('Asia/Kathmandu', '01-01').dayOf(at('2026-03-01T18:15:00Z')))).toBe('2026-03-02');
    expect(dayText(calendar('UTC', '01-01').dayOf(at('1969-12-31T23:59:59Z')))).toBe('1969-12-31');
  });

  it('makes the days on which clocks change 23 and 25 hours long', () => {
    const berlin = calendar('Europe/Berlin', '01-01');
    const hours = (text: string): number =>
      (berlin.startOfDay(day(text) + 1) - berlin.startOfDay(day(text))) / 3_600_000;
    expect(hours('2026-03-29')).toBe(23);
    expect(hours('2026-10-25')).toBe(25);
    expect(hours('2026-06-01')).toBe(24);
  });

  it('starts a day whose midnight the clocks skip at the end of the gap', () => {
    const saoPaulo = calendar('America/Sao_Paulo', '01-01');
    expect(saoPaulo.startOfDay(day('2018-11-04'))).toBe(at('2018-11-04T01:00:00-02:00'));
    expect(dayText(saoPaulo.dayOf(at('2018-11-04T02:59:59Z')))).toBe('2018-11-03');
    expect(dayText(saoPaulo.dayOf(at('2018-11-04T03:00:00Z')))).toBe('2018-11-04');
  });

  it('has no instant in a day that the zone skipped', () => {
    const samoa = calendar('Pacific/Apia', '01-01');
    expect(samoa.startOfDay(day('2011-12-30'))).toBe(samoa.startOfDay(day('2011-12-31')));
    expect(dayText(samoa.dayOf(samoa.startOfDay(day('2011-12-31'))))).toBe('2011-12-31');
    expect(dayText(samoa.dayOf(samoa.startOfDay(day('2011-12-31')) - 1))).toBe('2011-12-29');
  });

  it('never goes back a day where clocks fall back across midnight', () => {
    const newfoundland = calendar('America/St_Johns', '01-01');
    const midnight = newfoundland.startOfDay(day('2010-11-07'));
    for (let minute = 0; minute < 120; minute++)
      expect(dayText(newfoundland.dayOf(midnight + minute * 60_000))).toBe('2010-11-07');
  });

  it.each(ZONES)('in %s finds the day of its first instant, and the day before just ahead of it', (zone) => {
    const days = calendar(zone, '01-01');
    fc.assert(
      fc.property(fc.integer({ min: day('1970-01-02'), max: day('2300-01-01') }), (number) => {
        expect(days.dayOf(days.startOfDay(number))).toBe(number);
        expect(days.dayOf(days.startOfDay(number) - 1)).toBe(number - 1);
      }),
    );
  });

  it.each(ZONES)('in %s agrees with the runtime on every instant', (zone) => {
    const days = calendar(zone, '01-01');
    const format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    fc.assert(
      fc.property(fc.integer({ min: at('1990-01-01T00:00:00Z'), max: at('2040-01-01T00:00:00Z') }), (instant) => {
        expect(dayText(days.dayOf(instant))).toBe(format.format(instant));
      }),
    );
  });

  it('has days at the ends of what four digits can name', () => {
    const berlin = calendar('Europe/Berlin', '01-01');
    expect(dayText(berlin.dayOf(at('9999-12-31T12:00:00Z')))).toBe('9999-12-31');
    expect(dayText(berlin.dayOf(at('0001-01-01T12:00:00Z')))).toBe('0001-01-01');
  });

  it('reads wall-clock times', () => {
    const berlin = calendar('Europe/Berlin', '01-01');
    expect(berlin.instantOf('2026-06-01T09:30')).toBe(at('2026-06-01T07:30:00Z'));
    expect(berlin.instantOf('2026-06-01 09:30:15')).toBe(at('2026-06-01T07:30:15Z'));
    expect(berlin.instantOf('2026-10-25T02:30')).toBe(at('2026-10-25T00:30:00Z'));
    expect(berlin.instantOf('2026-03-29T02:30')).toBe(at('2026-03-29T01:30:00Z'));
    for (const bad of ['2026-02-30T09:30', '2026-06-01', '2026-06-01T25:00', '2026-06-01T09:30Z', '1.6.2026 9:30']) {
      expect(berlin.instantOf(bad)).toBeNull();
    }
  });

  it.each(['Mars/Olympus', '', '+01:00', 'Europe/Berlin '])('refuses the time zone "%s"', (zone) => {
    expect(refusal(() => calendar(zone, '01-01'))).toBe('CALENDAR.UNKNOWN_TIME_ZONE');
  });

  it.each(['1-1', '13-01', '00-10', '02-29', '04-31', ''])('refuses the fiscal year start "%s"', (start) => {
    expect(refusal(() => calendar('UTC', start))).toBe('CALENDAR.BAD_FISCAL_YEAR_START');
  });
});

function refusal(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'no refusal';
}
