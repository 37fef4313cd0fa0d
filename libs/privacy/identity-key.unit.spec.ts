import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { hmacHex, identityKeyOf } from './identity-key.js';

describe('The keyed hash', () => {
  it('is HMAC-SHA-256', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 32, maxLength: 80 }), fc.string({ unit: 'grapheme' }), (secret, text) => {
        fc.pre(secret.trim().length >= 32);
        const key = identityKeyOf(secret);
        expect(hmacHex(key, text)).toBe(createHmac('sha256', key).update(text).digest('hex'));
      }),
    );
  });
});
