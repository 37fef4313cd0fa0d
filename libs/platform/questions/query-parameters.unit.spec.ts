import { instantOf, integerOf, positionOfQuery, refuseUnknown, valueOf, valuesOf } from './query-parameters.js';
import { wireData } from './wire.js';

const bad = (code = 'QUERY.BAD_PARAMETER') => expect.objectContaining({ kind: 'malformed', code }) as Error;

describe('Query parameters', () => {
  it('are refused when the question does not know them', () => {
    expect(() => refuseUnknown({ chanel: 'email' }, ['channel'])).toThrow(bad('QUERY.UNKNOWN_PARAMETER'));
    expect(() => refuseUnknown({ channel: 'email' }, ['channel'])).not.toThrow();
  });

  it('may be repeated for "or", or given once where only one makes sense', () => {
    expect(valuesOf({ channel: ['a', ''] }, 'channel')).toEqual(['a', '']);
    expect(valuesOf({}, 'channel')).toEqual([]);
    expect(() => valueOf({ q: ['a', 'b'] }, 'q')).toThrow(bad());
  });

  it('hold instants with an offset, also where a plus sign was not escaped', () => {
    expect(instantOf({ knownAt: '2026-03-01T10:30:00+01:00' }, 'knownAt')).toBe(Date.UTC(2026, 2, 1, 9, 30));
    expect(instantOf({ knownAt: '2026-03-01T10:30:00 01:00' }, 'knownAt')).toBe(Date.UTC(2026, 2, 1, 9, 30));
    expect(() => instantOf({ knownAt: 'yesterday' }, 'knownAt')).toThrow(bad());
    expect(() => instantOf({ knownAt: '2026-02-30T10:00:00Z' }, 'knownAt')).toThrow(bad());
  });

  it('hold positions and whole numbers within bounds', () => {
    expect(positionOfQuery({ minPosition: '1042' }, 'minPosition')).toBe(1042n);
    expect(() => positionOfQuery({ minPosition: '-1' }, 'minPosition')).toThrow(bad());
    expect(integerOf({ limit: '500' }, 'limit', 1, 500)).toBe(500);
    for (const limit of ['0', '501', '1.5', 'x', ''])
      expect(() => integerOf({ limit }, 'limit', 1, 500)).toThrow(bad());
  });

  it('are refused when no store could hold them', () => {
    for (const q of ['a\0b', '\ud800', 'x'.repeat(1001)]) expect(() => valueOf({ q }, 'q')).toThrow(bad());
  });
});

describe('Content on the wire', () => {
  it('has money as decimal text, wherever it stands', () => {
    expect(
      wireData({
        a: { minor: 125000, currency: 'EUR' },
        b: [{ c: { minor: 5, currency: 'JPY' } }],
        d: null,
        e: { minor: 1 },
      }),
    ).toEqual({
      a: { amount: '1250.00', currency: 'EUR' },
      b: [{ c: { amount: '5', currency: 'JPY' } }],
      d: null,
      e: { minor: 1 },
    });
  });
});
