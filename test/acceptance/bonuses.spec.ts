import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { concord, startServer, succeeds, temporaryFolder, type Answer, type Server } from './support/process.js';

type Headers = Record<string, string>;

const eur = (amount: string) => ({ amount, currency: 'EUR' });

/**
 * The plan pays 300.00 EUR, once, for a lead that brought in 1,000.00 EUR of profit, split evenly over marketing's touches; refunds within
 * twelve months take it back.
 */
const TERMS = {
  name: 'Marketing 2026',
  effectiveFrom: '2026-01-01',
  basis: 'profit',
  tiers: [{ id: 'first', threshold: eur('1000.00'), reward: { kind: 'fixed', amount: eur('300.00') } }],
  split: { kind: 'attribution', model: 'linear@1' },
  signatories: { marketing: 'hanna', sales: 'henry', finance: 'fiona' },
};

describe('Bonuses, from a campaign’s touch to a verified statement', () => {
  const data = temporaryFolder();
  const keys: Record<string, Headers> = {};
  let server: Server;
  let position = '0';
  let plan = '';
  let hash = '';
  let lead = '';
  let deal = '';
  let disputeId = '';
  const [p1, p2, p3] = [randomUUID(), randomUUID(), randomUUID()];

  async function key(member: string, role: string, ...more: string[]): Promise<Headers> {
    const args = ['key', 'create', '--member', member, '--role', role, ...more, '--data', data.path];
    return { authorization: `Bearer ${(await succeeds(args)).trim()}` };
  }
  const of = (member: string): Headers => keys[member] ?? {};
  async function does(member: string, route: string, body: object): Promise<Answer> {
    const answer = await server.post(route, body, of(member));
    if (answer.status >= 300) throw new Error(`${member} ${route}: ${JSON.stringify(answer.body)}`);
    position = answer.body.position ?? position;
    return answer;
  }
  const refused = async (member: string, route: string, body: object): Promise<unknown> =>
    (await server.post(route, body, of(member))).body.code;
  const asks = async (member: string, route: string): Promise<Answer> =>
    server.get(`${route}${route.includes('?') ? '&' : '?'}minPosition=${position}`, of(member));
  const statement = async (member: string, period: string, asker = 'fiona') =>
    (await asks(asker, `/bonuses/statements?plan=${plan}&member=${member}&period=${period}`)).body.statements[0];
  const own = (member: string, period: string) => ({ plan, member, period });

  beforeAll(async () => {
    keys['ops'] = await key('ops', 'admin');
    server = await startServer(data.path, { CONCORD_AUTH: 'keys', CONCORD_CURRENCY: 'EUR' });
    const staff = [
      ['mia', 'marketing', 'member', 'marketing'],
      ['max', 'marketing', 'member', 'marketing'],
      ['hanna', 'marketing', 'head', 'head'],
      ['sam', 'sales', 'member', 'sales'],
      ['henry', 'sales', 'head', 'head'],
      ['fiona', 'finance', 'head', 'finance'],
      ['fred', 'finance', 'member', 'finance'],
    ] as const;
    for (const [handle, team, role, keyRole] of staff) {
      const occurredAt = '2025-01-01T08:00:00Z';
      await does('ops', '/members', { handle, team, role, occurredAt });
      keys[handle] = await key(handle, keyRole, ...(keyRole === 'head' ? ['--team', team] : []));
    }
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  it('a plan is signed by the three heads on its exact content, and accepted by its payees', async () => {
    const drafted = await does('hanna', '/bonuses/plans', TERMS);
    plan = drafted.body.id;
    const found = (await asks('mia', `/bonuses/plans/${plan}`)).body;
    hash = found.versions[0].hash;
    expect(found).toMatchObject({ name: 'Marketing 2026', status: 'drafted', holds: null });
    const version = { version: 1, hash };
    expect(
      await refused('hanna', `/bonuses/plans/${plan}/sign`, { version: 1, hash: '0'.repeat(64), as: 'marketing' }),
    ).toBe('BONUS.HASH_MISMATCH');
    expect(await refused('hanna', `/bonuses/plans/${plan}/sign`, { ...version, as: 'sales' })).toBe(
      'BONUS.NOT_THE_SIGNATORY',
    );
    expect(await refused('mia', `/bonuses/plans/${plan}/sign`, { ...version, as: 'marketing' })).toBe('ACCESS.ROLE');
    for (const [member, as] of [
      ['hanna', 'marketing'],
      ['henry', 'sales'],
      ['fiona', 'finance'],
    ] as const)
      await does(member, `/bonuses/plans/${plan}/sign`, { ...version, as });
    await does('mia', `/bonuses/plans/${plan}/accept`, version);
    expect((await asks('mia', `/bonuses/plans/${plan}`)).body).toMatchObject({
      status: 'active',
      holds: 1,
      versions: [{ unsigned: [], notAccepted: ['hanna', 'max'] }],
    });
  });

  it('a lead that two of marketing touched pays; the milestone is reached once', async () => {
    await does('hanna', '/campaigns', { name: 'spring', owners: ['mia'], startOn: '2026-01-01', channel: 'email' });
    const created = await does('sam', '/leads', {
      company: 'Analytical Engines',
      channel: 'email',
      occurredAt: '2026-01-03T09:00:00Z',
    });
    lead = created.body.id;
    // Of the campaign that mia owns, sent by a machine; then a webinar by max.
    await does('mia', `/leads/${lead}/touches`, {
      ...{ kind: 'email', channel: 'email', campaign: 'spring', automated: true, occurredAt: '2026-01-02T09:00:00Z' },
    });
    await does('max', `/leads/${lead}/touches`, {
      kind: 'webinar',
      channel: 'event',
      occurredAt: '2026-01-05T09:00:00Z',
    });
    const opened = await does('sam', '/deals', { lead, kind: 'new', occurredAt: '2026-01-10T09:00:00Z' });
    deal = opened.body.id;
    const pays = (paymentId: string, amount: string, cost: string, occurredAt: string) =>
      does('fred', `/deals/${deal}/payments`, { paymentId, amount: eur(amount), cost: eur(cost), occurredAt });
    // Profit 700.00, then 400.00: 1,100.00 on 20 February.
    await pays(p1, '1000.00', '300.00', '2026-02-01T09:00:00Z');
    expect(await statement('mia', '2026-02')).toBeUndefined();
    await pays(p2, '600.00', '200.00', '2026-02-20T09:00:00Z');
    // 300.00 over two touches: 150.00 each. mia has accepted, max has not.
    expect(await statement('mia', '2026-02')).toMatchObject({
      status: 'open',
      payable: eur('150.00'),
      lines: [
        {
          kind: 'milestone',
          tier: 'first',
          crossing: 1,
          lead,
          planHash: hash,
          earned: eur('150.00'),
          granted: eur('150.00'),
        },
      ],
      notAuthenticated: [],
    });
    expect(await statement('max', '2026-02')).toMatchObject({
      payable: eur('0.00'),
      lines: [{ earned: eur('150.00'), granted: eur('0.00'), held: eur('150.00') }],
    });
  });

  it('people see their own pay, and nobody of marketing that of others', async () => {
    expect((await statement('mia', '2026-02', 'mia')).payable).toEqual(eur('150.00'));
    expect((await asks('mia', `/bonuses/statements?plan=${plan}&member=max`)).body.code).toBe('BONUS.NOT_YOURS');
  });

  it('what max accepts late is paid where it stands', async () => {
    await does('max', `/bonuses/plans/${plan}/accept`, { version: 1, hash });
    expect((await statement('max', '2026-02')).payable).toEqual(eur('150.00'));
  });

  it('is drafted, approved by somebody else, and paid by a third', async () => {
    for (const member of ['mia', 'max']) await does('fred', '/bonuses/statements/draft', own(member, '2026-02'));
    expect(await refused('mia', '/bonuses/statements/approve', own('mia', '2026-02'))).toBe('ACCESS.ROLE');
    expect(await refused('fred', '/bonuses/statements/approve', own('mia', '2026-02'))).toBe('BONUS.OWN_DRAFT');
    for (const member of ['mia', 'max']) await does('hanna', '/bonuses/statements/approve', own(member, '2026-02'));
    const paid = { ...own('mia', '2026-02'), on: '2026-03-31', reference: 'SEPA 4711' };
    await does('fiona', '/bonuses/statements/pay', paid);
    await does('fiona', '/bonuses/statements/pay', { ...paid, ...own('max', '2026-02') });
    expect(await statement('mia', '2026-02')).toMatchObject({
      status: 'paid',
      approved: { by: 'hanna', authenticated: true },
      paid: { by: 'fiona', amount: eur('150.00'), reference: 'SEPA 4711' },
    });
    // Until 20 February 2027 a refund may still take it back.
    const accruals = await asks('fiona', `/bonuses/accruals?plan=${plan}&member=mia`);
    expect(accruals.body.total).toMatchObject({
      ...{ earnedNotApproved: eur('0.00'), approvedNotPaid: eur('0.00'), paid: eur('150.00') },
      ...{ held: eur('0.00'), atRisk: eur('150.00') },
    });
  });

  it('a period closes once everything in it is approved, and takes nothing more', async () => {
    await does('fiona', '/bonuses/periods/2026-02/close', {});
    expect(await refused('fred', '/bonuses/statements/draft', own('nobody', '2026-02'))).toMatch(/^BONUS\./);
    // A touch that becomes known only now earns nothing; nothing of February changes.
    await does('hanna', `/leads/${lead}/touches`, {
      kind: 'call',
      channel: 'phone',
      member: 'hanna',
      occurredAt: '2026-01-06T09:00:00Z',
    });
    expect(await statement('hanna', '2026-02')).toBeUndefined();
    expect((await statement('mia', '2026-02')).lines).toHaveLength(1);
  });

  it('a refund takes the bonus back in the month of the refund, below zero', async () => {
    // 1,100.00 of profit less 200.00 is 900.00: below the threshold.
    await does('fred', `/deals/${deal}/payments/${p1}/refunds`, {
      ...{
        refundId: randomUUID(),
        kind: 'refund',
        amount: eur('200.00'),
        reason: 'price',
        occurredAt: '2026-04-07T09:00:00Z',
      },
    });
    for (const member of ['mia', 'max'])
      expect(await statement(member, '2026-04')).toMatchObject({
        opening: eur('0.00'),
        total: eur('-150.00'),
        payable: eur('0.00'),
        closing: eur('-150.00'),
        lines: [{ kind: 'reversal', granted: eur('-150.00') }],
      });
    expect((await statement('mia', '2026-02')).payable).toEqual(eur('150.00'));
  });

  it('a dispute is raised, looked at with other facts, and ruled', async () => {
    const raised = await does('mia', '/bonuses/disputes', {
      ...own('mia', '2026-04'),
      reason: 'The refund was a mistake of ours',
    });
    disputeId = (await asks('fiona', '/bonuses/disputes?status=open')).body.items[0].id;
    expect(raised.status).toBe(200);
    const timeline = (await asks('fiona', `/leads/${lead}/timeline`)).body.items;
    const deals = (await asks('fiona', `/deals/${deal}/timeline`)).body.items ?? [];
    const refund = [...timeline, ...deals].find(({ type }: { type: string }) => type === 'deal.payment-refunded');
    const without = await server.post(
      '/bonuses/counterfactual',
      { dispute: disputeId, remove: [refund.eventId] },
      of('fiona'),
    );
    // Without the refund nothing is taken back, from either of them.
    expect(without.body.members).toMatchObject([
      { member: 'max', difference: eur('150.00') },
      {
        member: 'mia',
        difference: eur('150.00'),
        before: { total: eur('-150.00') },
        after: { total: eur('0.00'), lines: [] },
      },
    ]);
    expect(
      await refused('hanna', `/bonuses/disputes/${disputeId}/rule`, {
        upheld: true,
        reason: 'x',
        amounts: [{ member: 'hanna', amount: eur('1.00') }],
      }),
    ).toBe('BONUS.OWN_RULING');
    await does('fiona', `/bonuses/disputes/${disputeId}/rule`, {
      ...{ upheld: true, reason: 'Half of it was our mistake', amounts: [{ member: 'mia', amount: eur('75.00') }] },
    });
    expect(await statement('mia', '2026-04')).toMatchObject({
      total: eur('-75.00'),
      closing: eur('-75.00'),
      lines: [{ kind: 'reversal' }, { kind: 'ruling', granted: eur('75.00') }],
    });
  });

  it('a new payment earns again; what is owed is taken off first', async () => {
    // 900.00 and 150.00 more: 1,050.00 on 5 May.
    await does('fred', `/deals/${deal}/payments`, {
      ...{ paymentId: p3, amount: eur('150.00'), cost: eur('0.00'), occurredAt: '2026-05-05T09:00:00Z' },
    });
    // For this crossing hanna's call is known in time: 100.00 for each of the three, hers held because she has not accepted.
    expect(await statement('mia', '2026-05')).toMatchObject({
      opening: eur('-75.00'),
      total: eur('25.00'),
      payable: eur('25.00'),
      lines: [{ kind: 'milestone', crossing: 2, granted: eur('100.00') }],
    });
    expect(await statement('hanna', '2026-05')).toMatchObject({
      payable: eur('0.00'),
      lines: [{ held: eur('100.00') }],
    });
  });

  it('tells who is close to a milestone, what may still be taken back, and what a refund would cost', async () => {
    const created = await does('sam', '/leads', { company: 'Difference Engines', occurredAt: '2026-04-01T09:00:00Z' });
    const close = created.body.id;
    await does('max', `/leads/${close}/touches`, {
      kind: 'call',
      channel: 'phone',
      occurredAt: '2026-04-02T09:00:00Z',
    });
    const opened = await does('sam', '/deals', { lead: close, kind: 'new', occurredAt: '2026-04-10T09:00:00Z' });
    await does('fred', `/deals/${opened.body.id}/payments`, {
      ...{ paymentId: randomUUID(), amount: eur('600.00'), cost: eur('0.00'), occurredAt: '2026-05-10T09:00:00Z' },
    });
    const { body } = await asks('fiona', `/bonuses/next?plan=${plan}&refund=${p3}`);
    expect(body.ahead).toMatchObject([
      { lead: close, tier: 'first', reached: eur('600.00'), missing: eur('400.00'), obstacle: null },
    ]);
    const each = ['hanna', 'max', 'mia'];
    // 1,050.00 of profit: 50.00 may go back. Without the last payment it is 900.00.
    expect(body.atRisk).toEqual([
      {
        ...{ lead, tier: 'first', crossing: 2, reward: eur('300.00'), until: '2027-05-05', cushion: eur('50.00') },
        members: each.map((member) => ({ member, amount: eur('100.00') })),
      },
    ]);
    expect(body.refund).toMatchObject({
      amount: eur('150.00'),
      members: each.map((member) => ({ member, difference: eur('-100.00') })),
    });
    const little = await asks('fiona', `/bonuses/next?plan=${plan}&refund=${p3}&amount=50.00`);
    expect(little.body.refund.members).toEqual([]);
    const own = await asks('mia', `/bonuses/next?plan=${plan}`);
    expect(own.body.atRisk[0].members).toEqual([{ member: 'mia', amount: eur('100.00') }]);
    expect((await asks('fiona', `/bonuses/next?plan=${plan}&refund=${p3}&amount=150.01`)).body.code).toBe(
      'BONUS.REFUND_ABOVE_PAYMENT',
    );
  });

  it('simulates another plan on the same history: what it costs, who gains and who loses', async () => {
    const terms = {
      ...TERMS,
      effectiveFrom: '2027-01-01',
      tiers: [{ id: 'first', threshold: eur('500.00'), reward: { kind: 'fixed', amount: eur('100.00') } }],
    };
    const asked = { terms, plan, from: '2026-01-01', to: '2026-12-31' };
    expect((await server.post('/bonuses/simulate', asked, of('mia'))).body.code).toBe('ACCESS.ROLE');
    const { status, body } = await server.post('/bonuses/simulate', asked, of('hanna'));
    expect(status).toBe(200);
    // The first lead crosses 500.00 on 1 February (700.00), three touches; the refund leaves 900.00. The second crosses on 10 May, max alone.
    // So far mia has 150 - 150 + 75 + 100, max 150 - 150 + 100, hanna's 100 are held.
    expect(body).toMatchObject({
      ...{ leads: 2, milestones: 2 },
      cost: { proposed: eur('200.00'), current: eur('275.00'), difference: eur('-75.00') },
      members: [
        { member: 'hanna', proposed: eur('33.34'), current: eur('0.00'), difference: eur('33.34') },
        { member: 'max', proposed: eur('133.33'), current: eur('100.00'), difference: eur('33.33') },
        { member: 'mia', proposed: eur('33.33'), current: eur('175.00'), difference: eur('-141.67') },
      ],
    });
    expect(body.periods.map(({ period, proposed }: Record<string, unknown>) => [period, proposed])).toEqual([
      ['2026-02', eur('100.00')],
      ['2026-04', eur('0.00')],
      ['2026-05', eur('100.00')],
    ]);
    const bad = await server.post('/bonuses/simulate', { ...asked, terms: { ...terms, tiers: [] } }, of('hanna'));
    expect(bad.body.code).toMatch(/BONUS.BAD_TERMS|REQUEST.INVALID/);
  });

  it('is shown as CSV and as a page to print', async () => {
    const csv = (await asks('fiona', `/bonuses/statements?plan=${plan}&period=2026-05&format=csv`)).body as string;
    expect(csv.split('\n')[0]).toContain('member');
    expect(csv).toContain('mia');
    const page = (await asks('fiona', `/page/bonuses/statements?plan=${plan}&period=2026-05`)).body as string;
    expect(page).toContain('mia');
    expect(page).toContain('25.00');
  });

  it('is verified from the export alone; a tampered export is found out', async () => {
    await server.stop();
    const file = path.join(data.path, 'export.ndjson');
    await succeeds(['export', '--data', data.path, '--out', file]);
    const verified = await succeeds(['verify-statement', file, '--member', 'mia']);
    expect(verified).toContain('everything is as it was recorded');
    expect(verified).toMatch(/mia 2026-02, plan .*: paid, payable 150\.00 EUR, .* as approved/);
    const forged = path.join(data.path, 'forged.ndjson');
    writeFileSync(
      forged,
      readFileSync(file, 'utf8').replace(
        '"amount":{"minor":60000,"currency":"EUR"}',
        '"amount":{"minor":20000,"currency":"EUR"}',
      ),
    );
    const found = await concord(['verify-statement', forged]);
    expect(found).toMatchObject({ code: 1, stdout: expect.stringContaining('DIFFERS') });
    const lines = readFileSync(file, 'utf8').split('\n');
    writeFileSync(forged, lines.filter((line) => !line.includes('"deal.payment-refunded"')).join('\n'));
    expect(await concord(['verify-statement', forged])).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('events are missing'),
    });
    writeFileSync(forged, 'not an export\n');
    expect(await concord(['verify-statement', forged])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('line 1'),
    });
    server = await startServer(data.path, { CONCORD_AUTH: 'keys' });
  }, 60_000);
});
