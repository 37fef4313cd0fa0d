import fc from 'fast-check';
import { DomainError } from './errors.js';
import { assertNotInFuture, dayText, instantText, parseDay, parseInstant } from './time.js';

describe('parseInstant', () => {
  it.each([
    ['2026-03-01T09:30:00Z', Date.UTC(2026, 2, 1, 9, 30)],
    ['2026-03-01T09:30Z', Date.UTC(2026, 2, 1, 9, 30)],
    ['2026-03-01T09:30:00+02:00', Date.UTC(2026, 2, 1, 7, 30)],
    ['2026-03-01T09:30:00-0330', Date.UTC(2026, 2, 1, 13, 0)],
    ['2026-03-01T09:30:00.5Z', Date.UTC(2026, 2, 1, 9, 30, 0, 500)],
    ['2026-03-01T09:30:00,250Z', Date.UTC(2026, 2, 1, 9, 30, 0, 250)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '2026-03-01',
    '2026-03-01T09:30:00',
    '2026-02-29T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-03-01T24:00:00Z',
    '2026-03-01T09:60:00Z',
    '2026-03-01T09:30:60Z',
    '2026-03-01T09:30:00+25:00',
    '2026-03-01 09:30:00Z',
    '1 March 2026',
    ' 2026-03-01T09:30:00Z',
    '',
  ])('refuses "%s"', (text) => {
    expect(parseInstant(text)).toBeNull();
  });

  it('reads back what instantText wrote, whole seconds without a fraction', () => {
    expect(instantText(Date.UTC(2026, 2, 1, 9, 30))).toBe('2026-03-01T09:30:00Z');
    fc.assert(
      fc.property(fc.integer({ min: 0, max: Date.UTC(9999, 11, 31) }), (at) => {
        expect(parseInstant(instantText(at))).toBe(at);
      }),
    );
  });
});

describe('parseDay', () => {
  it('counts days since 1970', () => {
    expect([parseDay('1970-01-01'), parseDay('1970-01-02'), parseDay('1969-12-31')]).toEqual([0, 1, -1]);
  });

  it.each(['2026-02-29', '2026-00-10', '2026-1-1', '2026-01-32', '20260101', ''])('refuses "%s"', (text) => {
    expect(parseDay(text)).toBeNull();
  });

  it('reads back what dayText wrote', () => {
    fc.assert(
      fc.property(fc.integer({ min: -300_000, max: 2_900_000 }), (day) => {
        expect(parseDay(dayText(day))).toBe(day);
      }),
    );
  });
});

describe('assertNotInFuture', () => {
  it('allows five minutes, because clocks differ', () => {
    expect(() => assertNotInFuture(300_000, 0)).not.toThrow();
    expect(() => assertNotInFuture(300_001, 0)).toThrow(DomainError);
  });
});
