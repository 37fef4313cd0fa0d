import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { dayText, parseDay } from '#kernel/time.js';
import { monthsLater } from './months.js';

describe('So many months later', () => {
  it.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-15', 0, '2026-03-15'],
  ])('%s and %i months is %s', (day, months, later) => {
    expect(dayText(monthsLater(parseDay(day) ?? 0, months))).toBe(later);
  });

  it('is what the calendar’s standard says', () => {
    const days = fc.integer({ min: parseDay('1990-01-01') ?? 0, max: parseDay('2090-12-31') ?? 0 });
    fc.assert(
      fc.property(days, fc.integer({ min: 0, max: 120 }), (day, months) => {
        expect(dayText(monthsLater(day, months))).toBe(
          Temporal.PlainDate.from(dayText(day)).add({ months }).toString(),
        );
      }),
    );
  });
});
