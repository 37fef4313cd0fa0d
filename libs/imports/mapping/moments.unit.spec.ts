import { calendar } from '#kernel/calendar.js';
import { dateLayout, dayReader, momentReader } from './moments.js';

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
const berlin = calendar('Europe/Berlin', '01-01');
const lisbon = calendar('Europe/Lisbon', '01-01');

describe('A date of a file', () => {
  const read = momentReader({ organisation: berlin, zone: lisbon });

  it("without a time is the first instant of that day in the organisation's zone", () => {
    expect(iso(read('2018-02-01'))).toBe('2018-01-31T23:00:00.000Z');
  });

  it("without a zone is in the mapping's zone", () => {
    expect(iso(read('2018-07-01 09:30:00'))).toBe('2018-07-01T08:30:00.000Z');
    expect(iso(read('2018-07-01T09:30'))).toBe('2018-07-01T08:30:00.000Z');
  });

  it('with an offset is that instant', () => {
    expect(iso(read('2018-07-01T09:30:00+05:00'))).toBe('2018-07-01T04:30:00.000Z');
    expect(iso(read('2018-07-01 09:30:00Z'))).toBe('2018-07-01T09:30:00.000Z');
  });

  it.each(['2018-02-30', '2018-13-01', '30.02.2018', 'yesterday', '2018-07-01 25:00', ''])('%p is none', (text) => {
    expect(read(text)).toBeNull();
  });

  it('is no moment with a time but no zone anywhere', () => {
    expect(momentReader({ organisation: berlin, zone: null })('2018-07-01 09:30')).toBeNull();
  });

  it.each([
    ['MM/DD/YYYY', '3/1/2018', '2018-02-28T23:00:00.000Z'],
    ['DD.MM.YYYY HH:mm', '01.03.2018 14:05', '2018-03-01T14:05:00.000Z'],
    ['DD.MM.YYYY HH:mm', '01.03.2018', '2018-02-28T23:00:00.000Z'],
    ['M/D'.replace('M/D', 'MM/DD/YYYY hh:mm A'), '3/1/2018 12:05 AM', '2018-03-01T00:05:00.000Z'],
    ['MM/DD/YYYY hh:mm A', '3/1/2018 12:05 PM', '2018-03-01T12:05:00.000Z'],
  ])('may be written as %s', (dates, text, expected) => {
    expect(iso(momentReader({ organisation: berlin, zone: lisbon, layout: dates })(text))).toBe(expected);
  });

  it('written as ISO 8601 is read beside a layout', () => {
    expect(iso(momentReader({ organisation: lisbon, zone: null, layout: 'DD.MM.YYYY' })('2018-01-05'))).toBe(
      '2018-01-05T00:00:00.000Z',
    );
  });

  it('as a day keeps the day that is written', () => {
    expect(dayReader('DD.MM.YYYY HH:mm')('01.03.2018 23:59')).toBe('2018-03-01');
    expect(dayReader(undefined)('2018-03-01T23:59:00Z')).toBe('2018-03-01');
    expect(dayReader(undefined)('soon')).toBeNull();
  });

  it.each(['YYYY-MM', 'DD.MM.YY', 'DD.MM.YYYY DD', 'MM/DD/YYYY hh:mm', 'Month DD YYYY'])(
    'cannot be laid out as %p',
    (layout) => {
      expect(() => dateLayout(layout)).toThrow(/IMPORT\.BAD_DATE_LAYOUT/);
    },
  );
});
