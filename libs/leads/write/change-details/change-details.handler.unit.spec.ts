import type { Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import { emailIdentity, externalIdentity, holderOf } from '../../identity.js';
import { NO_DETAILS } from '../../lead-details.js';
import { contextOf, leadsDeps, SYSTEM } from '../../testing/leads-deps.js';
import { handleCreateLead } from '../create-lead/create-lead.handler.js';
import { handleChangeDetails } from './change-details.handler.js';
import type { ChangeDetailsInput } from './change-details.js';

describe('ChangeLeadDetails, with the identities of the lead', () => {
  type Deps = ReturnType<typeof leadsDeps>;
  const CRM = { system: 'crm', id: '4711' };
  const create = async (deps: Deps, email: string): Promise<Uuid> => {
    const person = { email, firstName: null, lastName: null, phone: null };
    const { id } = await handleCreateLead(deps, {
      context: contextOf(SYSTEM),
      input: { ...NO_DETAILS, person, owner: null, touches: [], onDuplicate: 'refuse' },
    });
    return id as Uuid; // a lead's id
  };
  const change = (deps: Deps, leadId: Uuid, key: string, input: ChangeDetailsInput): Promise<Outcome> =>
    handleChangeDetails(deps, { context: contextOf(SYSTEM, { key }), leadId, input });
  const holder = async (deps: Deps, email: string): Promise<Uuid | null> => {
    const identity = emailIdentity(deps, email);
    return identity === null ? null : holderOf(deps.store, identity);
  };

  it('claims a new e-mail before the change and releases the old one after it', async () => {
    const deps = leadsDeps();
    const ada = await create(deps, 'ada@example.com');
    await change(deps, ada, 'a', { person: { email: 'countess@example.com' } });
    expect(deps.store.events.map(({ type }) => type)).toEqual([
      'identity.claimed',
      'lead.created',
      'identity.claimed',
      'lead.details-changed',
      'identity.released',
    ]);
    expect(await holder(deps, 'ada@example.com')).toBeNull();
    expect(await holder(deps, 'countess@example.com')).toBe(ada);
    const another = await create(deps, 'ada@example.com');
    expect(another).not.toBe(ada);
  });

  it('is refused when another lead has the new e-mail or external id, and leaves nothing', async () => {
    const deps = leadsDeps();
    const ada = await create(deps, 'ada@example.com');
    const grace = await create(deps, 'grace@example.com');
    await change(deps, grace, 'g', { externalIds: [CRM] });
    const events = deps.store.events.length;
    for (const input of [
      { person: { email: 'Grace@example.com' } },
      { externalIds: [CRM] },
      { person: { email: 'new@example.com' }, externalIds: [CRM] },
    ]) {
      await expect(change(deps, ada, 'a', input)).rejects.toMatchObject({
        code: 'LEAD.DUPLICATE',
        extra: { existing: grace },
      });
    }
    expect(deps.store.events).toHaveLength(events);
  });

  it('changes the way an address is written without any claim', async () => {
    const deps = leadsDeps();
    const ada = await create(deps, 'ada@example.com');
    await change(deps, ada, 'a', { person: { email: 'Ada@Example.com' } });
    expect(await holder(deps, 'ada@example.com')).toBe(ada);
    expect(deps.store.events.map(({ type }) => type)).toEqual([
      'identity.claimed',
      'lead.created',
      'lead.details-changed',
    ]);
  });

  it('claims and releases external ids with the list', async () => {
    const deps = leadsDeps();
    const ada = await create(deps, 'ada@example.com');
    await change(deps, ada, 'a', { externalIds: [CRM] });
    expect(await holderOf(deps.store, externalIdentity(deps, CRM))).toBe(ada);
    await change(deps, ada, 'b', { externalIds: [] });
    expect(await holderOf(deps.store, externalIdentity(deps, CRM))).toBeNull();
    expect(await holder(deps, 'ada@example.com')).toBe(ada);
  });

  it('ends, after a crash at any append and a repeat, as if there had been none', async () => {
    for (let dies = 1; dies <= 3; dies++) {
      const deps = leadsDeps();
      const ada = await create(deps, 'ada@example.com');
      let appends = 0;
      deps.store.beforeAppend = () => {
        if (++appends === dies) throw new Error('killed');
      };
      const input = { person: { email: 'countess@example.com' } };
      await expect(change(deps, ada, 'a', input)).rejects.toThrow('killed');
      await change(deps, ada, 'a', input);
      expect([await holder(deps, 'ada@example.com'), await holder(deps, 'countess@example.com')]).toEqual([null, ada]);
      expect(deps.store.events.filter(({ type }) => type === 'lead.details-changed')).toHaveLength(1);
    }
  });

  it('gives the old e-mail free even if nobody ever repeats a change that broke off', async () => {
    const deps = leadsDeps();
    const ada = await create(deps, 'ada@example.com');
    let appends = 0;
    deps.store.beforeAppend = () => {
      if (++appends === 3) throw new Error('killed');
    };
    await expect(change(deps, ada, 'a', { person: { email: 'countess@example.com' } })).rejects.toThrow('killed');
    expect(await holder(deps, 'ada@example.com')).toBe(ada);
    const other = await create(deps, 'ada@example.com');
    expect(other).not.toBe(ada);
    expect(await holder(deps, 'ada@example.com')).toBe(other);
  });

  it('takes an e-mail over that was claimed for a lead which was never created', async () => {
    const deps = leadsDeps();
    const ada = await create(deps, 'ada@example.com');
    deps.store.beforeAppend = (stream) => {
      if (stream.startsWith('lead-')) throw new Error('killed');
    };
    await expect(create(deps, 'countess@example.com')).rejects.toThrow('killed');
    deps.store.beforeAppend = () => undefined;
    await change(deps, ada, 'a', { person: { email: 'countess@example.com' } });
    expect(await holder(deps, 'countess@example.com')).toBe(ada);
  });

  it('says when there is no such lead', async () => {
    const deps = leadsDeps();
    await expect(change(deps, deps.store.ledgerId, 'a', { company: 'X' })).rejects.toMatchObject({
      code: 'LEAD.NOT_FOUND',
      kind: 'not-found',
    });
  });
});
