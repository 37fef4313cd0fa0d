import type { Outcome } from '#event-store/command-context.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { emailIdentity, externalIdentity, externalLeadId, holderOf } from '../../identity.js';
import { leadIdOf } from '../../touch-facts.js';
import { NO_DETAILS } from '../../lead-details.js';
import { leadStream } from '../../events/lead-events.js';
import { contextOf, leadsDeps, MARIA, SAM, SYSTEM } from '../../testing/leads-deps.js';
import { handleCreateLead } from './create-lead.handler.js';
import type { CreateLeadInput } from './create-lead.command.js';

describe('CreateLead, with the identities of the lead', () => {
  const CRM = { system: 'crm', id: '4711' };
  const input = (email: string | null, more: Partial<CreateLeadInput> = {}): CreateLeadInput => ({
    ...NO_DETAILS,
    person: { email, firstName: null, lastName: null, phone: null },
    owner: null,
    touches: [],
    onDuplicate: 'refuse',
    ...more,
  });
  const create = (deps: ReturnType<typeof leadsDeps>, key: string, said: CreateLeadInput): Promise<Outcome> =>
    handleCreateLead(deps, { context: contextOf(SYSTEM, { key }), input: said });
  const refusal = async (attempt: Promise<unknown>): Promise<DomainError> => {
    const error: unknown = await attempt.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (error instanceof DomainError) return error;
    throw new Error(`expected a refusal, got ${String(error)}`);
  };
  const typesOf = (deps: ReturnType<typeof leadsDeps>): string[] => deps.store.events.map(({ type }) => type);
  const holderOfEmail = async (deps: ReturnType<typeof leadsDeps>, email: string): Promise<Uuid | null> => {
    const identity = emailIdentity(deps, email);
    return identity === null ? null : holderOf(deps.store, identity);
  };

  it('derives the id of the lead from the command, and claims its e-mail before it is created', async () => {
    const deps = leadsDeps();
    const outcome = await create(deps, 'a', input('Ada@Example.com'));
    expect(outcome).toMatchObject({ id: leadIdOf(contextOf(SYSTEM, { key: 'a' })), revision: 0, repeated: false });
    expect(typesOf(deps)).toEqual(['identity.claimed', 'lead.created']);
    expect(await holderOfEmail(deps, ' ada@example.COM')).toBe(outcome.id);
  });

  it('writes no address into the stream of its claim', async () => {
    const deps = leadsDeps();
    await create(deps, 'a', input('ada@example.com'));
    const claim = deps.store.events[0];
    expect(JSON.stringify([claim?.stream, claim?.data(), claim?.leadId])).not.toMatch(/ada|example/);
  });

  it('answers a repeat as before and adds nothing', async () => {
    const deps = leadsDeps();
    const first = await create(deps, 'a', input('ada@example.com', { externalIds: [CRM] }));
    const events = deps.store.events.length;
    expect(await create(deps, 'a', input('ada@example.com', { externalIds: [CRM] }))).toEqual({
      ...first,
      repeated: true,
    });
    expect(deps.store.events).toHaveLength(events);
  });

  it('refuses a second lead with the same e-mail or external id, names the first and leaves nothing', async () => {
    const deps = leadsDeps();
    const { id } = await create(deps, 'a', input('ada@example.com', { externalIds: [CRM] }));
    const events = deps.store.events.length;
    for (const again of [input(' ADA@example.com '), input('other@example.com', { externalIds: [CRM] })]) {
      expect(await refusal(create(deps, 'b', again))).toMatchObject({
        code: 'LEAD.DUPLICATE',
        kind: 'refused',
        extra: { existing: id },
      });
    }
    expect(deps.store.events).toHaveLength(events);
    expect(await holderOfEmail(deps, 'other@example.com')).toBeNull();
  });

  it('leaves no claim behind when the lead itself is refused', async () => {
    const deps = leadsDeps();
    expect(
      await refusal(create(deps, 'a', input('ada@example.com', { occurredAt: Date.UTC(2030, 0, 1) }))),
    ).toMatchObject({
      code: 'REQUEST.OCCURRED_IN_FUTURE',
    });
    expect(deps.store.events).toHaveLength(0);
  });

  it('records a touch on the existing lead and makes the external id its alias, with onDuplicate touch', async () => {
    const deps = leadsDeps();
    const { id } = await create(deps, 'a', input('ada@example.com'));
    const touched = await create(
      deps,
      'b',
      input('ada@example.com', { onDuplicate: 'touch', externalIds: [CRM], channel: 'email' }),
    );
    expect(touched).toMatchObject({ id, repeated: false });
    expect(touched.events.map(({ type }) => type)).toEqual(['lead.touched', 'lead.details-changed']);
    expect(await holderOf(deps.store, externalIdentity(deps, CRM))).toBe(id);
    expect(
      await create(deps, 'b', input('ada@example.com', { onDuplicate: 'touch', externalIds: [CRM], channel: 'email' })),
    ).toEqual({ ...touched, repeated: true });
  });

  it('leaves an external id to the lead that has it', async () => {
    const deps = leadsDeps();
    const { id } = await create(deps, 'a', input('ada@example.com'));
    const other = await create(deps, 'b', input(null, { externalIds: [CRM] }));
    const touched = await create(deps, 'c', input('ada@example.com', { onDuplicate: 'touch', externalIds: [CRM] }));
    expect(touched.id).toBe(id);
    expect(touched.events.map(({ type }) => type)).toEqual(['lead.touched']);
    expect(await holderOf(deps.store, externalIdentity(deps, CRM))).toBe(other.id);
  });

  it('lets role addresses and leads without e-mail share', async () => {
    const deps = leadsDeps();
    await create(deps, 'a', input('info@example.com'));
    await create(deps, 'b', input('INFO@example.com'));
    await create(deps, 'c', input(null));
    await create(deps, 'd', input(null));
    expect(typesOf(deps)).toEqual(['lead.created', 'lead.created', 'lead.created', 'lead.created']);
  });

  describe('of an imported row', () => {
    it('creates the lead under the id of its external id, without a claim for that', async () => {
      const deps = leadsDeps();
      const leadId = externalLeadId(deps.store.ledgerId, CRM);
      expect(await create(deps, 'a', input(null, { leadId, externalIds: [CRM] }))).toMatchObject({ id: leadId });
      expect(typesOf(deps)).toEqual(['lead.created']);
    });

    it('goes on with the lead that has its e-mail, as an alias', async () => {
      const deps = leadsDeps();
      const { id } = await create(deps, 'a', input('ada@example.com'));
      const leadId = externalLeadId(deps.store.ledgerId, CRM);
      expect(
        await create(deps, 'b', input('ada@example.com', { leadId, externalIds: [CRM], onDuplicate: 'touch' })),
      ).toMatchObject({ id });
      expect(await holderOf(deps.store, externalIdentity(deps, CRM))).toBe(id);
    });

    it('is known to who gives its external id over HTTP later', async () => {
      const deps = leadsDeps();
      const leadId = externalLeadId(deps.store.ledgerId, CRM);
      await create(deps, 'a', input(null, { leadId, externalIds: [CRM] }));
      expect(await refusal(create(deps, 'b', input('ada@example.com', { externalIds: [CRM] })))).toMatchObject({
        extra: { existing: leadId },
      });
    });
  });

  describe('when the process dies between two appends', () => {
    it('ends, after a repeat, as if it had not', async () => {
      const said = input('ada@example.com', { externalIds: [CRM] });
      for (let dies = 1; dies <= 3; dies++) {
        const deps = leadsDeps();
        let appends = 0;
        deps.store.beforeAppend = () => {
          if (++appends === dies) throw new Error('killed');
        };
        await expect(create(deps, 'a', said)).rejects.toThrow('killed');
        const outcome = await create(deps, 'a', said);
        expect(typesOf(deps)).toEqual(['identity.claimed', 'identity.claimed', 'lead.created']);
        expect(await holderOfEmail(deps, 'ada@example.com')).toBe(outcome.id);
      }
    });

    it('lets somebody else go on under the claimed id', async () => {
      const deps = leadsDeps();
      deps.store.beforeAppend = (stream) => {
        if (stream.startsWith('lead-')) throw new Error('killed');
      };
      await expect(create(deps, 'a', input('ada@example.com'))).rejects.toThrow('killed');
      deps.store.beforeAppend = () => undefined;
      const claimed = leadIdOf(contextOf(SYSTEM, { key: 'a' }));
      expect(await create(deps, 'b', input('ada@example.com'))).toMatchObject({ id: claimed, revision: 0 });
      // The first one, repeated, finds that lead; it is not the one who created it.
      expect(await refusal(create(deps, 'a', input('ada@example.com')))).toMatchObject({
        code: 'LEAD.DUPLICATE',
        extra: { existing: claimed },
      });
      expect(await create(deps, 'b', input('ada@example.com'))).toMatchObject({ id: claimed, repeated: true });
    });
  });

  it('lets one of many at once win', async () => {
    const deps = leadsDeps();
    // Every append waits a turn, so that all of them have looked before the first has written.
    deps.store.beforeAppend = () => new Promise((done) => setImmediate(done));
    const attempts = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        create(deps, `key ${index}`, input(' Ada@example.com', { externalIds: [CRM] })),
      ),
    );
    const won = attempts.filter((attempt) => attempt.status === 'fulfilled');
    expect(won).toHaveLength(1);
    expect(typesOf(deps).filter((type) => type === 'lead.created')).toHaveLength(1);
    for (const attempt of attempts) {
      if (attempt.status === 'rejected')
        expect(attempt.reason).toMatchObject({ code: 'LEAD.DUPLICATE', extra: { existing: won[0]?.value.id } });
    }
  });

  describe('with members', () => {
    const members = { 'jane.doe': { team: 'sales', aliases: ['Jane'] }, maria: { team: 'marketing' } } as const;

    it('stamps owner, member and actor with the team that the roster knows', async () => {
      const deps = leadsDeps(members);
      const touch = {
        kind: 'call',
        channel: null,
        channelRule: null,
        source: null,
        medium: null,
        campaign: null,
        content: null,
        direction: null,
        automated: false,
        outcome: null,
        recordingUrl: null,
        note: null,
      };
      const { id } = await handleCreateLead(deps, {
        context: contextOf({ ...MARIA, team: 'finance' }, { key: 'a' }),
        input: input(null, {
          owner: 'Jane',
          touches: [touch, { ...touch, member: 'Jane' }, { ...touch, member: 'nobody-knows' }],
        }),
      });
      const events = await deps.store.readStream(leadStream(id));
      expect(events.map((event) => event.actor)).toEqual(Array(4).fill(MARIA));
      expect(events.map((event) => event.data())).toMatchObject([
        { owner: 'jane.doe', ownerTeam: 'sales' },
        { member: 'maria', team: 'marketing' },
        { member: 'jane.doe', team: 'sales' },
        { member: 'nobody-knows', team: null },
      ]);
    });

    it('takes the word of an actor whom the roster does not know', async () => {
      const deps = leadsDeps(members);
      const { id } = await handleCreateLead(deps, { context: contextOf(SAM), input: input(null) });
      expect((await deps.store.readStream(leadStream(id)))[0]?.actor).toEqual(SAM);
    });
  });
});
