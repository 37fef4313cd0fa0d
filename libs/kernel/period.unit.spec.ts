import fc from 'fast-check';
import { bucketsOf, GRAINS, grainLabel, parsePeriod, previousPeriod, type Period } from './period.js';
import { dayText, parseDay } from './time.js';

const show = (period: Period | null): string | null =>
  period === null ? null : `${dayText(period.from)}..${dayText(period.to)}`;
const read = (text: string, fiscalYearStart = '01-01'): string | null => show(parsePeriod(text, fiscalYearStart));
const anyDay = fc.integer({ min: parseDay('1970-01-01')!, max: parseDay('2100-12-31')! });

describe('parsePeriod', () => {
  it.each([
    ['2026', '2026-01-01..2026-12-31'],
    ['2026-Q1', '2026-01-01..2026-03-31'],
    ['2026-Q4', '2026-10-01..2026-12-31'],
    ['2024-02', '2024-02-01..2024-02-29'],
    ['2026-W10', '2026-03-02..2026-03-08'],
    ['2026-W01', '2025-12-29..2026-01-04'],
    ['2020-W53', '2020-12-28..2021-01-03'],
    ['2026-03-01', '2026-03-01..2026-03-01'],
    ['FY2026', '2026-01-01..2026-12-31'],
    ['FY2026-Q2', '2026-04-01..2026-06-30'],
  ])('reads %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('lets a fiscal year end in the year that names it', () => {
    expect(read('FY2026', '04-01')).toBe('2025-04-01..2026-03-31');
    expect(read('FY2026-Q1', '04-01')).toBe('2025-04-01..2025-06-30');
    expect(read('FY2026-Q4', '04-01')).toBe('2026-01-01..2026-03-31');
    expect(read('FY2026-Q1', '11-30')).toBe('2025-11-30..2026-02-27');
    expect(read('FY2026-Q2', '11-30')).toBe('2026-02-28..2026-05-29');
  });

  it.each([
    '',
    '26',
    '2026-Q5',
    '2026-Q0',
    '2026-13',
    '2026-00',
    '2026-W00',
    '2026-W54',
    '2025-W53',
    '2026-02-30',
    '2026-3',
    'FY26',
    'FY2026-03',
    'FY2026-W10',
    '0999',
    '2026-Q1 ',
    'last-month',
  ])('refuses "%s"', (text) => {
    expect(parsePeriod(text, '01-01')).toBeNull();
  });

  it('cuts every fiscal year into four quarters that meet', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2200 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 31 }),
        (year, month, day) => {
          const last = new Date(Date.UTC(2001, month, 0)).getUTCDate();
          const start = `${month.toString().padStart(2, '0')}-${Math.min(day, last).toString().padStart(2, '0')}`;
          const whole = parsePeriod(`FY${year}`, start)!;
          const quarters = [1, 2, 3, 4].map((quarter) => parsePeriod(`FY${year}-Q${quarter}`, start)!);
          expect(quarters[0]!.from).toBe(whole.from);
          expect(quarters[3]!.to).toBe(whole.to);
          for (const index of [1, 2, 3]) expect(quarters[index]!.from).toBe(quarters[index - 1]!.to + 1);
          expect(parsePeriod(`FY${year + 1}`, start)!.from).toBe(whole.to + 1);
        },
      ),
    );
  });
});

describe('previousPeriod', () => {
  it.each([
    ['2026', '2025-01-01..2025-12-31'],
    ['2026-Q1', '2025-10-01..2025-12-31'],
    ['2024-03', '2024-02-01..2024-02-29'],
    ['2026-W01', '2025-12-22..2025-12-28'],
    ['2026-03-01', '2026-02-28..2026-02-28'],
    ['FY2026', '2024-04-01..2025-03-31'],
    ['FY2026-Q1', '2025-01-01..2025-03-31'],
    ['FY2026-Q3', '2025-07-01..2025-09-30'],
  ])('of %s is the same kind of period before it', (text, expected) => {
    expect(show(previousPeriod(parsePeriod(text, '04-01')!, '04-01'))).toBe(expected);
  });

  it('of a stretch of days is the equally long stretch before it', () => {
    const stretch = { from: parseDay('2026-03-10')!, to: parseDay('2026-03-14')! };
    expect(show(previousPeriod(stretch, '01-01'))).toBe('2026-03-05..2026-03-09');
  });

  it('ends the day before, whatever the period', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...GRAINS), (day, grain) => {
        const period = parsePeriod(grainLabel(day, grain), '07-01')!;
        expect(previousPeriod(period, '07-01').to).toBe(period.from - 1);
      }),
    );
  });
});

describe('grains', () => {
  it('names the piece a day lies in', () => {
    const day = parseDay('2026-01-01')!;
    expect(GRAINS.map((grain) => grainLabel(day, grain))).toEqual([
      '2026-01-01',
      '2026-W01',
      '2026-01',
      '2026-Q1',
      '2026',
    ]);
    expect(grainLabel(parseDay('2027-01-01')!, 'week')).toBe('2026-W53');
  });

  it('gives each piece the name that reads back as the piece', () => {
    fc.assert(
      fc.property(anyDay, fc.constantFrom(...GRAINS), (day, grain) => {
        const period = parsePeriod(grainLabel(day, grain), '01-01')!;
        expect(period.from).toBeLessThanOrEqual(day);
        expect(period.to).toBeGreaterThanOrEqual(day);
        expect(bucketsOf(period, grain)).toEqual([period]);
      }),
    );
  });

  it('cuts a period into pieces that meet and cover it exactly', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 1500 }), fc.constantFrom(...GRAINS), (from, length, grain) => {
        const buckets = bucketsOf({ from, to: from + length }, grain);
        expect(buckets[0]!.from).toBe(from);
        expect(buckets.at(-1)!.to).toBe(from + length);
        for (const [index, bucket] of buckets.entries()) {
          if (index > 0) expect(bucket.from).toBe(buckets[index - 1]!.to + 1);
          expect(grainLabel(bucket.from, grain)).toBe(bucket.text);
          expect(grainLabel(bucket.to, grain)).toBe(bucket.text);
        }
        expect(new Set(buckets.map((bucket) => bucket.text)).size).toBe(buckets.length);
      }),
    );
  });

  it('has no pieces in an empty period', () => {
    expect(bucketsOf({ from: 10, to: 9 }, 'month')).toEqual([]);
  });
});
