import type { Role } from '#access/access-key.js';
import { refusalOf } from '../testing/refusal.js';
import { ownPay } from './own-pay.js';

const key = (role: Role) => ({ keyId: 'k', member: 'mia', role, team: 'marketing' as const });

describe('Whose pay one may ask about', () => {
  it('is everybody’s without keys, and for finance, heads, auditors and admins', () => {
    expect(ownPay(null, { member: 'max' })).toEqual({ member: 'max' });
    for (const role of ['finance', 'head', 'auditor', 'admin'] as const)
      expect(ownPay(key(role), { period: '2026-03' })).toEqual({ period: '2026-03' });
  });

  it('is one’s own for the teams', () => {
    for (const role of ['marketing', 'sales'] as const) {
      expect(ownPay(key(role), { period: '2026-03' })).toEqual({ period: '2026-03', member: 'mia' });
      expect(ownPay(key(role), { member: 'mia' })).toEqual({ member: 'mia' });
      expect(refusalOf(() => ownPay(key(role), { member: 'max' }))).toBe('BONUS.NOT_YOURS');
    }
  });
});
