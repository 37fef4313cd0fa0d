import fc from 'fast-check';
import type { MarginsDefinedData } from './events/margin-events.js';
import { percentSteps } from '#kernel/percent.js';
import { costByMargin, marginOf, marginTableOn, restOf } from './margins.js';
import { eur } from './testing/deal-life.js';

const table = (over: Partial<MarginsDefinedData> = {}): MarginsDefinedData => ({
  version: 1,
  effectiveFrom: '2026-01-01',
  margins: [{ product: 'Cloud', margin: '72.5' }],
  otherwise: null,
  ...over,
});
const percent = fc
  .integer({ min: 0, max: 1_000_000 })
  .map((steps) => `${Math.floor(steps / 10_000)}.${String(steps % 10_000).padStart(4, '0')}`);

describe('The cost of an amount by its margin', () => {
  // By hand: 999.99 x 27.5 % = 274.99725; 0.05 x 50 % = 0.025 and 0.15 x 50 % = 0.075, each halfway, to the even unit.
  it.each([
    [999_99, '72.5', 275_00],
    [5, '50', 2],
    [15, '50', 8],
    [100_00, '0', 100_00],
    [100_00, '100', 0],
    [100_00, '33.3333', 66_67],
  ])('of %i at %s is %i', (minor, margin, cost) => {
    expect(costByMargin(eur(minor), margin)).toEqual(eur(cost));
  });

  it('lies between nothing and the amount, and within half a unit of the exact share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), percent, (minor, margin) => {
        const { minor: cost } = costByMargin(eur(minor), margin);
        expect(cost).toBeGreaterThanOrEqual(0);
        expect(cost).toBeLessThanOrEqual(minor);
        const exact = BigInt(minor) * (1_000_000n - (percentSteps(margin) ?? 0n));
        const off = BigInt(cost) * 1_000_000n - exact;
        expect(off <= 500_000n && off >= -500_000n).toBe(true);
      }),
    );
  });

  it('is of a share that is what the margin leaves', () => {
    expect(restOf('60')).toBe('40');
    expect(restOf('62.5')).toBe('37.5');
    expect(restOf('99.9999')).toBe('0.0001');
    expect(restOf('100')).toBe('0');
    fc.assert(
      fc.property(percent, (share) => {
        expect((percentSteps(share) ?? 0n) + (percentSteps(restOf(share)) ?? 0n)).toBe(1_000_000n);
      }),
    );
  });
});

describe('The margin table of a day', () => {
  it('is the one that begins last, of several that begin on one day the latest', () => {
    const tables = [
      table(),
      table({ version: 2, effectiveFrom: '2026-03-01' }),
      table({ version: 3, effectiveFrom: '2026-01-01' }),
    ];
    expect(marginTableOn(tables, '2025-12-31')).toBeNull();
    expect(marginTableOn(tables, '2026-01-01')?.version).toBe(3);
    expect(marginTableOn(tables, '2026-02-28')?.version).toBe(3);
    expect(marginTableOn(tables, '2026-03-01')?.version).toBe(2);
  });

  it('says what it lists, and of everything else what it says of the rest', () => {
    expect(marginOf(table(), 'Cloud')).toBe('72.5');
    expect(marginOf(table(), 'cloud')).toBeNull();
    expect(marginOf(table(), null)).toBeNull();
    expect(marginOf(table({ otherwise: '30' }), null)).toBe('30');
  });
});
