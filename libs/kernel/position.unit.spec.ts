import fc from 'fast-check';
import { parsePosition, positionKey, positionOf, positionText, START } from './position.js';

const anyPosition = fc.bigInt({ min: 0n, max: 10n ** 38n }).map(positionOf);

describe('A position', () => {
  it('reads back what it was written as', () => {
    fc.assert(fc.property(anyPosition, (position) => expect(parsePosition(positionText(position))).toBe(position)));
  });

  it('sorts as text by its key', () => {
    fc.assert(
      fc.property(anyPosition, anyPosition, (a, b) => {
        expect(positionKey(a) < positionKey(b)).toBe(a < b);
      }),
    );
  });

  it.each(['', '-1', '1.0', '0x10', '1e3', ' 1', '9'.repeat(40)])('is not "%s"', (text) => {
    expect(parsePosition(text)).toBeNull();
  });

  it('begins before every event', () => {
    expect(positionText(START)).toBe('0');
  });
});
