import fc from 'fast-check';
import { isSecretOf, newKeyText, partsOfKey, type AccessKey } from './access-key.js';
import { authenticator } from './authenticate.js';
import { failedAttempts } from './failed-attempts.js';
import { someKey } from './testing/key-register.contract.js';

describe('A key', () => {
  it('has a public id and 256 bits of secret, and only its own secret opens it', () => {
    const [one, other] = [newKeyText(), newKeyText()];
    expect(one.text).toMatch(/^ck_[0-9a-z]{12}_[A-Za-z0-9_-]{43}$/);
    const { id, secret } = partsOfKey(one.text)!;
    expect(id).toBe(one.id);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(isSecretOf(secret, one)).toBe(true);
    expect(isSecretOf(secret, other)).toBe(false);
    expect(one.hash).not.toContain(secret);
    expect(new Set(Array.from({ length: 1_000 }, () => newKeyText().id)).size).toBe(1_000);
  });

  it('is nothing else', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(partsOfKey(text)).toBeNull();
      }),
    );
    const { text } = newKeyText();
    for (const wrong of [`${text}x`, text.slice(1), text.replace('ck_', 'CK_'), ` ${text}`, `${text}\n`])
      expect(partsOfKey(wrong)).toBeNull();
  });
});

describe('Coming in', () => {
  const { id, text, hash } = newKeyText();
  const key = someKey('sam', 1, { id, hash, role: 'head', team: 'sales' });
  const uses: number[] = [];
  let time = 1_000;
  const of = (held: AccessKey | null) =>
    authenticator(
      { find: async (asked) => (asked === held?.id ? held : null), used: async (_id, at) => void uses.push(at) },
      () => time,
    );
  const basic = (password: string): string => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;

  it('is as the member, role and team of the key', async () => {
    const principal = { keyId: id, member: 'sam', role: 'head', team: 'sales' };
    expect(await of(key)(`Bearer ${text}`, false)).toEqual(principal);
    expect(await of(key)(`bearer  ${text} `, false)).toEqual(principal);
    expect(await of(key)(basic(text), true)).toEqual(principal);
  });

  it.each([
    ['no header', undefined, 'ACCESS.KEY_MISSING'],
    ['an empty header', '', 'ACCESS.KEY_MISSING'],
    ['a scheme alone', 'Bearer', 'ACCESS.KEY_MISSING'],
    ['a password where none is taken', basic(text), 'ACCESS.KEY_MISSING'],
    ['another scheme', `Digest ${text}`, 'ACCESS.KEY_MISSING'],
    ['no key', 'Bearer let-me-in', 'ACCESS.KEY_UNKNOWN'],
    ['another secret', `Bearer ck_${id}_${'A'.repeat(43)}`, 'ACCESS.KEY_UNKNOWN'],
    ['another id', `Bearer ${text.replace(id, '0'.repeat(12))}`, 'ACCESS.KEY_UNKNOWN'],
  ])('is refused with %s', async (_what, header, code) => {
    await expect(of(key)(header, false)).rejects.toMatchObject({ kind: 'unauthenticated', code });
  });

  it('says that a key was revoked only to who has it whole', async () => {
    const revoked = of({ ...key, revokedAt: 5 });
    await expect(revoked(`Bearer ${text}`, false)).rejects.toMatchObject({ code: 'ACCESS.KEY_REVOKED' });
    await expect(revoked(`Bearer ck_${id}_${'A'.repeat(43)}`, false)).rejects.toMatchObject({
      code: 'ACCESS.KEY_UNKNOWN',
    });
  });

  it('is noted once a minute', async () => {
    const come = of(key);
    uses.length = 0;
    for (const at of [1_000, 2_000, 60_999, 61_000, 61_001]) {
      time = at;
      await come(`Bearer ${text}`, false);
    }
    expect(uses).toEqual([1_000, 61_000]);
  });
});

describe('Failed attempts', () => {
  it('are counted, and wait ever longer by address, up to five seconds', () => {
    let now = 0;
    const attempts = failedAttempts(() => now);
    const waits = (address: string, times: number): number[] =>
      Array.from({ length: times }, () => attempts.failed(address));
    expect(waits('a', 11)).toEqual([0, 0, 0, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000]);
    expect(waits('b', 4)).toEqual([0, 0, 0, 100]);
    now = 60_001;
    expect(waits('a', 4)).toEqual([0, 0, 0, 100]);
    expect(attempts.total).toBe(19);
  });

  it('never wait longer than the longest, however many addresses there are', () => {
    const attempts = failedAttempts(() => 0);
    fc.assert(
      fc.property(fc.array(fc.nat(20_000)), (addresses) => {
        for (const address of addresses) {
          const wait = attempts.failed(String(address));
          expect(wait).toBeGreaterThanOrEqual(0);
          expect(wait).toBeLessThanOrEqual(5_000);
        }
      }),
    );
  });
});
