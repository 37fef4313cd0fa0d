import { startServer, succeeds, temporaryFolder, type Answer, type Server } from './support/process.js';

/**
 * From a milestone to the payout and what comes after it, over HTTP with keys: who was held, who is paid, a refund after the period was closed, a dispute
 * with its counterfactual and ruling, and what each role gets to see.
 */
describe('Bonuses from a milestone to the payout', () => {
  const data = temporaryFolder();
  const keys = new Map<string, Record<string, string>>();
  let server: Server;
  let plan = '';
  let lead = '';
  let deal = '';
  let payment = '';
  let touched: Answer;
  let position = '';

  const PEOPLE = [
    ['ops', 'admin'],
    ['hanna', 'head', '--team', 'marketing'],
    ['henry', 'head', '--team', 'sales'],
    ['fiona', 'finance'],
    ['fred', 'finance'],
    ['mia', 'marketing'],
    ['max', 'marketing'],
    ['sam', 'sales'],
    ['audrey', 'auditor'],
  ] as const;

  beforeAll(async () => {
    for (const [member, role, ...more] of PEOPLE) {
      const args = ['key', 'create', '--member', member, '--role', role, ...more, '--data', data.path];
      keys.set(member, { authorization: `Bearer ${(await succeeds(args)).trim()}` });
    }
    server = await startServer(data.path, { CONCORD_AUTH: 'keys', CONCORD_CURRENCY: 'EUR' });
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    data.remove();
  });

  const eur = (amount: string) => ({ amount, currency: 'EUR' });
  const get = (who: string, route: string): Promise<Answer> => server.get(route, keys.get(who));
  const post = (who: string, route: string, body: object = {}): Promise<Answer> =>
    server.post(route, body, keys.get(who));
  const done = async (who: string, route: string, body: object = {}): Promise<Answer['body']> => {
    const { status, body: answer } = await post(who, route, body);
    if (status >= 300) throw new Error(`${route}: ${JSON.stringify(answer)}`);
    position = answer.position ?? position;
    return answer;
  };
  const refusal = async (who: string, route: string, body: object = {}): Promise<unknown> =>
    (await post(who, route, body)).body.code;
  const statement = async (who: string, query: string): Promise<Answer['body']> => {
    const { body } = await get(who, `/bonuses/statements?${query}&minPosition=${position}`);
    return body.statements[0];
  };
  const of = (member: string, period: string) => ({ plan, member, period });

  it('begins with a plan that all three heads sign and mia accepts', async () => {
    for (const [handle, team, role] of [
      ['hanna', 'marketing', 'head'],
      ['henry', 'sales', 'head'],
      ['fiona', 'finance', 'head'],
      ['fred', 'finance', 'member'],
      ['mia', 'marketing', 'member'],
      ['max', 'marketing', 'member'],
      ['sam', 'sales', 'member'],
    ] as const)
      await done('ops', '/members', { handle, team, role });
    const terms = {
      name: 'Marketing 2025',
      effectiveFrom: '2025-01-01',
      grain: 'month',
      basis: 'profit',
      tiers: [{ id: 'first', threshold: eur('1000.00'), reward: { kind: 'fixed', amount: eur('100.00') } }],
      dealKinds: ['new'],
      countsFrom: 'firstPayment',
      split: { kind: 'attribution', model: 'linear@1' },
      caps: { carryOver: false },
      clawbackMonths: 12,
      earnOn: { moment: 'crossing' },
      payees: { team: 'marketing' },
      signatories: { marketing: 'hanna', sales: 'henry', finance: 'fiona' },
    };
    plan = (await done('hanna', '/bonuses/plans', terms)).id;
    const { body } = await get('mia', `/bonuses/plans/${plan}`);
    const [{ version, hash }] = body.versions;
    await done('hanna', `/bonuses/plans/${plan}/sign`, { version, hash, as: 'marketing' });
    await done('henry', `/bonuses/plans/${plan}/sign`, { version, hash, as: 'sales' });
    await done('fiona', `/bonuses/plans/${plan}/sign`, { version, hash, as: 'finance' });
    await done('mia', `/bonuses/plans/${plan}/accept`, { version, hash });
  });

  it('pays mia, and holds max’s half until he accepts', async () => {
    await done('max', '/campaigns', { name: 'webinar', channel: 'webinar', owners: ['max'], startOn: '2025-01-01' });
    lead = (await done('mia', '/leads', { company: 'Acme', occurredAt: '2025-02-01T09:00:00Z' })).id;
    touched = await post('mia', `/leads/${lead}/touches`, { kind: 'call', occurredAt: '2025-02-02T09:00:00Z' });
    await done('mia', `/leads/${lead}/touches`, {
      kind: 'webinar',
      campaign: 'webinar',
      automated: true,
      occurredAt: '2025-02-03T09:00:00Z',
    });
    deal = (await done('sam', '/deals', { lead, occurredAt: '2025-02-10T09:00:00Z' })).id;
    const paid = { amount: eur('1500.00'), cost: eur('400.00'), occurredAt: '2025-03-10T09:00:00Z' };
    payment = (await done('sam', `/deals/${deal}/payments`, paid)).paymentId;
    const mia = await statement('mia', 'period=2025-03');
    expect(mia).toMatchObject({ member: 'mia', status: 'open', payable: eur('50.00'), notAuthenticated: [] });
    expect(mia.lines[0]).toMatchObject({ kind: 'milestone', tier: 'first', planVersion: 1, granted: eur('50.00') });
    expect(mia.lines[0].events).toContain(touched.body.events[0].id);
    const max = await statement('max', 'period=2025-03');
    expect([max.payable, max.sums.held]).toEqual([eur('0.00'), eur('50.00')]);
  });

  it('is approved by somebody else than who drafted it, paid by a third, and closed', async () => {
    const march = of('mia', '2025-03');
    expect(await refusal('mia', '/bonuses/statements/draft', march)).toBe('ACCESS.ROLE');
    await done('fiona', '/bonuses/statements/draft', march);
    expect(await refusal('fiona', '/bonuses/statements/approve', march)).toBe('BONUS.OWN_DRAFT');
    expect(await refusal('fiona', '/bonuses/periods/2025-03/close')).toBe('BONUS.NOT_ALL_APPROVED');
    await done('hanna', '/bonuses/statements/approve', march);
    await done('fred', '/bonuses/statements/pay', { ...march, reference: 'SEPA 1' });
    await done('fiona', '/bonuses/periods/2025-03/close');
    expect(await statement('audrey', 'member=mia&period=2025-03')).toMatchObject({
      status: 'paid',
      approved: { by: 'hanna', authenticated: true },
      paid: { by: 'fred', reference: 'SEPA 1', amount: eur('50.00') },
    });
  });

  it('releases max’s half when he accepts, in the period of that day', async () => {
    const [{ version, hash }] = (await get('max', `/bonuses/plans/${plan}`)).body.versions;
    await done('max', `/bonuses/plans/${plan}/accept`, { version, hash, occurredAt: '2025-05-05T09:00:00Z' });
    expect((await statement('max', 'period=2025-03')).sums.held).toEqual(eur('50.00'));
    expect((await statement('max', 'period=2025-05')).lines).toMatchObject([
      { kind: 'released', granted: eur('50.00') },
    ]);
  });

  it('takes back what a refund ends, after the closed period, which stays as it is', async () => {
    const before = await statement('mia', 'period=2025-03');
    const refund = { kind: 'refund', amount: eur('500.00'), occurredAt: '2025-03-20T09:00:00Z' };
    await done('sam', `/deals/${deal}/payments/${payment}/refunds`, refund);
    expect(await statement('mia', 'period=2025-03')).toEqual(before);
    expect(await statement('mia', 'period=2025-04')).toMatchObject({
      lines: [{ kind: 'reversal', granted: eur('-50.00') }],
      payable: eur('0.00'),
      closing: eur('-50.00'),
    });
    // What max was held for is gone before it was ever paid.
    expect((await statement('max', 'period=2025-04')).sums).toMatchObject({
      held: eur('-50.00'),
      granted: eur('0.00'),
    });
    expect((await statement('max', 'period=2025-05'))?.payable ?? eur('0.00')).toEqual(eur('0.00'));
    const { body } = await get('fiona', `/bonuses/accruals?plan=${plan}&minPosition=${position}`);
    expect(body.rows).toMatchObject([
      { member: 'max', held: eur('0.00'), owed: eur('0.00') },
      { member: 'mia', paid: eur('50.00'), owed: eur('50.00'), atRisk: eur('0.00') },
    ]);
  });

  it('settles a dispute by what the statements would have said', async () => {
    const april = of('mia', '2025-04');
    const { disputeId } = await done('mia', '/bonuses/disputes', { ...april, reason: 'The webinar was mine as well.' });
    await done('fiona', '/bonuses/statements/draft', april);
    expect(await refusal('hanna', '/bonuses/statements/approve', april)).toBe('BONUS.DISPUTE_OPEN');
    const mine = { kind: 'owner', campaign: 'webinar', owners: ['mia'], from: '2025-01-01' };
    const { body } = await post('hanna', '/bonuses/counterfactual', {
      ...of('', '2025-03'),
      member: undefined,
      dispute: disputeId,
      add: [mine],
    });
    expect(body.members.map((one: Answer['body']) => [one.member, one.difference.amount, one.overall.amount])).toEqual([
      ['mia', '50.00', '0.00'],
    ]);
    expect(await refusal('mia', `/bonuses/disputes/${disputeId}/rule`, { upheld: true, reason: '.' })).toBe(
      'ACCESS.ROLE',
    );
    const ruling = { upheld: true, reason: 'Half of it.', amounts: [{ member: 'mia', amount: eur('25.00') }] };
    await done('hanna', `/bonuses/disputes/${disputeId}/rule`, ruling);
    expect(await statement('mia', 'period=2025-04')).toMatchObject({
      total: eur('-25.00'),
      disputes: [{ status: 'ruled' }],
    });
    expect(await refusal('hanna', '/bonuses/statements/approve', april)).toBe('BONUS.STATEMENT_CHANGED');
    await done('fiona', '/bonuses/statements/draft', april);
    await done('hanna', '/bonuses/statements/approve', april);
  });

  it('shows people their own pay, and the rest to those who answer for it', async () => {
    expect((await get('mia', '/bonuses/statements?member=max')).body.code).toBe('BONUS.NOT_YOURS');
    const { body } = await get('mia', '/bonuses/statements');
    expect(new Set(body.statements.map(({ member }: { member: string }) => member))).toEqual(new Set(['mia']));
    expect((await get('audrey', '/page/bonuses/statements?period=2025-03')).status).toBe(200);
    const feed = await fetch(`${server.url}/feed?format=ndjson&limit=10000`, { headers: keys.get('mia') });
    const events = await feed.text();
    expect([events.includes('concord.bonusplan.signed'), events.includes('concord.statement.')]).toEqual([true, false]);
  });
});
