import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha1 } from './sha1.js';

const hexOf = (message: Uint8Array): string =>
  Array.from(sha1(message), (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');

describe('sha1', () => {
  it('gives the digests of FIPS 180-4', () => {
    expect(hexOf(Buffer.from('abc'))).toBe('a9993e364706816aba3e25717850c26c9cd0d89d');
    expect(hexOf(Buffer.from('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq'))).toBe(
      '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
    );
  });

  it('agrees with OpenSSL on messages of every length, in any order', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 400 }), { minLength: 1, maxLength: 5 }), (messages) => {
        for (const message of messages) expect(hexOf(message)).toBe(createHash('sha1').update(message).digest('hex'));
      }),
    );
    for (let length = 0; length < 300; length++) {
      const message = new Uint8Array(length).fill(length);
      expect(hexOf(message)).toBe(createHash('sha1').update(message).digest('hex'));
    }
  });
});
