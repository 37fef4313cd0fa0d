import type { Role } from '#access/access-key.js';
import { typesFor } from './pay-types.js';

const key = (role: Role) => ({ keyId: 'k', member: 'mia', role, team: 'marketing' as const });
const types = ['lead.created', 'bonus.adjusted', 'statement.paid', 'bonusplan.pool-evaluated', 'bonusplan.signed'];

describe('The feed', () => {
  it('tells everything without keys, and to those who answer for pay', () => {
    expect(typesFor(null, types)).toEqual(types);
    for (const role of ['head', 'finance', 'auditor', 'admin'] as const)
      expect(typesFor(key(role), types)).toEqual(types);
  });

  it('tells the teams nobody’s pay', () => {
    for (const role of ['marketing', 'sales'] as const) {
      expect(typesFor(key(role), types)).toEqual(['lead.created', 'bonusplan.signed']);
      expect(() => typesFor(key(role), ['statement.paid'])).toThrow('FEED.NOT_YOURS');
    }
  });
});
