import fc from 'fast-check';
import { DAY, END } from './company.js';
import { moved, shiftTo } from './moved.js';
import { storyOf, type Demo } from './stories.js';

const demo: Demo = { leads: 300, seed: 3, currency: 'EUR' };

describe('A story that ends on another day', () => {
  it('is the usual one for the usual end', () => {
    expect(shiftTo(END)).toBe(0);
    const [first] = storyOf(demo, 1);
    expect(moved(first!, 0)).toBe(first);
  });

  it('moves by whole weeks and ends at most six days before', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000, max: 2_000 }), (days) => {
        const until = END + days * DAY;
        const shift = shiftTo(until);
        expect(Math.abs(shift % (7 * DAY))).toBe(0);
        expect(END + shift).toBeLessThanOrEqual(until);
        expect(until - (END + shift)).toBeLessThan(7 * DAY);
      }),
    );
  });

  it('takes along every moment and every day that it names', () => {
    const names = new Set<string>();
    for (let lead = 0; lead < demo.leads; lead++) {
      for (const append of storyOf(demo, lead)) {
        const later = moved(append, 14 * DAY);
        expect(later.recordedAt - append.recordedAt).toBe(14 * DAY);
        append.events.forEach((event, index) => {
          const other = later.events[index]!;
          expect(other.occurredAt - event.occurredAt).toBe(14 * DAY);
          for (const [name, value] of Object.entries(event.data as Record<string, unknown>)) {
            const now = (other.data as Record<string, unknown>)[name];
            if (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value)) {
              names.add(name);
              expect(Date.parse(String(now)) - Date.parse(value)).toBe(14 * DAY);
            } else expect(now).toEqual(value);
          }
        });
        expect(JSON.stringify(append.events.map(({ data }) => data))).not.toMatch(/"\d{4}-\d\d-\d\dT/);
      }
    }
    expect([...names].sort()).toEqual(['expectedCloseOn', 'until']);
  });
});
