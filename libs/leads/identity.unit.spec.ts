import fc from 'fast-check';
import { claim, emailIdentity, externalLeadId, holderOf, isRoleAddress, normaliseEmail, release } from './identity.js';
import { contextOf, leadsDeps, SYSTEM } from './testing/leads-deps.js';

describe('An e-mail as an identity', () => {
  it('is trimmed, in composed form and lower case, and nothing else', () => {
    expect(normaliseEmail('  Zoe\u0308.Smith+news@Example.COM\n')).toBe('zo\u00eb.smith+news@example.com');
    expect(normaliseEmail('z.o.e@example.com')).not.toBe(normaliseEmail('zoe@example.com'));
  });

  it('is the same however often it is normalised', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) =>
        expect(normaliseEmail(normaliseEmail(text))).toBe(normaliseEmail(text)),
      ),
    );
  });

  it('is none for an address that belongs to a role', () => {
    expect(isRoleAddress('Info@example.com')).toBe(true);
    expect(isRoleAddress('sales+lisbon@example.com')).toBe(true);
    expect(isRoleAddress('infobel@example.com')).toBe(false);
    expect(emailIdentity(leadsDeps(), 'support@example.com')).toBeNull();
    expect(emailIdentity({ ...leadsDeps(), roleAddresses: new Set(['crew']) }, 'support@example.com')).not.toBeNull();
    expect(emailIdentity({ ...leadsDeps(), roleAddresses: new Set(['crew']) }, 'crew@example.com')).toBeNull();
  });

  it('shows nothing of the address', () => {
    expect(emailIdentity(leadsDeps(), 'ada@example.com')?.stream).toMatch(/^identity-[0-9a-f]{64}$/);
  });
});

describe('A claim', () => {
  const deps = leadsDeps();
  const [ada, grace] = [
    externalLeadId(deps.store.ledgerId, { system: 's', id: '1' }),
    externalLeadId(deps.store.ledgerId, { system: 's', id: '2' }),
  ];
  const identity = { kind: 'email', stream: 'identity-a', text: 'a@example.com' } as const;
  const context = contextOf(SYSTEM);

  it('is held by who came first, until it is released', async () => {
    expect(await claim(deps.store, contextOf(SYSTEM), identity, ada)).toBe(ada);
    expect(await claim(deps.store, contextOf(SYSTEM), identity, grace)).toBe(ada);
    await release(deps.store, contextOf(SYSTEM), identity, grace);
    expect(await holderOf(deps.store, identity)).toBe(ada);
    await release(deps.store, contextOf(SYSTEM), identity, ada);
    expect(await holderOf(deps.store, identity)).toBeNull();
  });

  it('and a release may belong to one command, as may claims for two leads', async () => {
    expect(await claim(deps.store, context, identity, ada)).toBe(ada);
    await release(deps.store, context, identity, ada);
    expect(await claim(deps.store, context, identity, grace)).toBe(grace);
    expect(await holderOf(deps.store, identity)).toBe(grace);
  });

  it('passes in one append from a holder whose claim is void', async () => {
    const before = deps.store.events.length;
    expect(await claim(deps.store, contextOf(SYSTEM), identity, ada, ada)).toBe(grace);
    expect(await claim(deps.store, contextOf(SYSTEM), identity, ada, grace)).toBe(ada);
    expect(deps.store.events.slice(before).map(({ type }) => type)).toEqual(['identity.released', 'identity.claimed']);
  });
});

describe('The lead of an imported row', () => {
  it('has an id that depends on ledger, system and external id', () => {
    const { ledgerId } = leadsDeps().store;
    const id = externalLeadId(ledgerId, { system: 'crm', id: '1' });
    expect(id).toBe(externalLeadId(ledgerId, { system: 'crm', id: '1' }));
    expect(id).not.toBe(externalLeadId(ledgerId, { system: 'crm', id: '2' }));
    expect(id).not.toBe(externalLeadId(ledgerId, { system: 'crm2', id: '1' }));
    expect(id).not.toBe(externalLeadId(id, { system: 'crm', id: '1' }));
  });
});
