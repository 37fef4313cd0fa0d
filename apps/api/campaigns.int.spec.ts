import type { LightMyRequestResponse } from 'fastify';
import type { CommandAnswer } from '#platform/http/command-endpoint.js';
import type { Problem } from '#platform/http/problem.js';
import { campaignsByName } from '#campaigns/known-campaigns.js';
import { knownSpend } from '#campaigns/known-spend.js';
import { ownersOn } from '#campaigns/campaign.js';
import { parsePosition, type Position } from '#kernel/position.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

let app: RunningApp;
beforeAll(async () => {
  app = await runningApp();
});
afterAll(() => app.stop());

const answer = (response: LightMyRequestResponse): CommandAnswer => response.json<CommandAnswer>();
const code = (response: LightMyRequestResponse): [number, string] => [
  response.statusCode,
  response.json<Problem>().code,
];
const eur = (amount: string) => ({ amount, currency: 'EUR' });
const define = async (name: string, body: object = {}) =>
  answer(await app.post('/campaigns', { name, channel: 'ads', startOn: '2026-01-01', ...body }));
const spend = async (path: string, body: object) =>
  app.post(path, { day: '2026-01-05', amount: eur('100.00'), ...body });
const listed = async (query: string, { position }: CommandAnswer) =>
  (await app.get(`/spend?${query}&minPosition=${position}`)).json<{ items: Record<string, unknown>[] }>().items;

describe('Campaigns', () => {
  it('are defined once a name, found again, handed over from a day on, and ended', async () => {
    await app.post('/members', { handle: 'ida.moser', team: 'marketing', aliases: ['Ida'] });
    const first = await app.post('/campaigns', {
      name: 'spring',
      channel: 'ads',
      owners: ['Ida'],
      startOn: '2026-01-01',
    });
    expect(first.statusCode).toBe(201);
    const { id } = answer(first);
    expect(first.headers['location']).toBe(`/campaigns/${id}`);
    const again = await app.post('/campaigns', {
      name: 'spring',
      channel: 'ads',
      owners: ['ida.moser'],
      startOn: '2026-01-01',
    });
    expect([again.statusCode, answer(again).id, answer(again).events]).toEqual([200, id, []]);
    expect(code(await app.post('/campaigns', { name: 'spring' }))).toEqual([409, 'CAMPAIGN.MEANS_SOMETHING_ELSE']);
    const before = new Date();
    await app.post(`/campaigns/${id}/change-owners`, { owners: ['tom'], from: '2026-02-01' });
    const ended = answer(await app.post(`/campaigns/${id}/end`, { on: '2026-03-31' }));
    const now = (await app.get(`/campaigns/${id}?minPosition=${ended.position}`)).json<object>();
    expect(now).toMatchObject({
      name: 'spring',
      status: 'ended',
      endedOn: '2026-03-31',
      owners: ['tom'],
      ownerships: [
        { from: '2026-01-01', owners: ['ida.moser'] },
        { from: '2026-02-01', owners: ['tom'] },
      ],
    });
    const then = await app.get(`/campaigns/${id}?knownAt=${before.toISOString()}`);
    expect(then.json()).toMatchObject({ status: 'running', owners: ['ida.moser'] });
    const list = await app.get(`/campaigns?status=ended&minPosition=${ended.position}`);
    expect(list.json<{ items: object[] }>().items).toMatchObject([{ id, name: 'spring' }]);
    const known = (await campaignsByName(app.ledger.eventStore)).get('spring');
    expect(known === undefined ? null : ownersOn(known, '2026-01-15')).toEqual(['ida.moser']);
  });

  it('are not there for sales, for unknown ids, or before they were known', async () => {
    const sales = { 'x-actor-id': 'sam', 'x-actor-team': 'sales' };
    expect(code(await app.post('/campaigns', { name: 'x' }, sales))).toEqual([403, 'CAMPAIGN.WRONG_TEAM']);
    const nobody = '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10';
    expect(code(await app.post(`/campaigns/${nobody}/end`, { on: '2026-01-01' }))).toEqual([404, 'CAMPAIGN.NOT_FOUND']);
    expect(code(await app.get(`/campaigns/${nobody}`))).toEqual([404, 'CAMPAIGN.NOT_FOUND']);
    expect(code(await app.post('/campaigns', { name: 'x', startOn: '2026-02-30' }))).toEqual([400, 'REQUEST.INVALID']);
  });
});

describe('Spend', () => {
  it('is recorded, told once, corrected, and listed as it stands', async () => {
    const { id } = await define('summer');
    const key = { 'idempotency-key': 'spend-1' };
    const body = { day: '2026-01-05', amount: eur('100.00'), clicks: 7 };
    const recorded = answer(await app.post(`/campaigns/${id}/spend`, body, key));
    expect(answer(await app.post(`/campaigns/${id}/spend`, body, key))).toEqual({ ...recorded, repeated: true });
    const path = `/campaigns/${id}/spend/${recorded.id}/correct`;
    const corrected = await app.post(path, { day: '2026-01-05', amount: eur('80.00'), reason: 'a credit note' });
    expect(answer(corrected).events).toMatchObject([{ type: 'spend.corrected' }]);
    expect(await listed('campaign=summer', answer(corrected))).toMatchObject([
      { id: recorded.id, account: id, channel: 'ads', kind: 'media', amount: eur('80.00'), clicks: 7, corrections: 1 },
    ]);
    expect(code(await app.post(path, { day: '2026-02-05', amount: eur('80.00') }))).toEqual([404, 'SPEND.NOT_FOUND']);
  });

  it('may be of a channel alone, and comes many at once', async () => {
    await define('autumn', { channel: null });
    const one = { day: '2026-01-06', amount: eur('10.00') };
    const many = await app.post('/spend', [
      { ...one, campaign: 'autumn', channel: 'display' },
      { ...one, channel: 'events', kind: 'event' },
      { ...one, campaign: 'autumn' },
      { ...one, campaign: 'nobody-knows' },
      { ...one },
      { ...one, channel: 'events', amount: eur('1.234') },
    ]);
    const { items } = many.json<{ items: (CommandAnswer & Partial<Problem>)[] }>();
    expect(items.map((item) => item.code ?? item.events[0]?.type)).toEqual([
      'spend.recorded',
      'spend.recorded',
      'SPEND.CHANNEL_MISSING',
      'CAMPAIGN.NOT_FOUND',
      'SPEND.CHANNEL_MISSING',
      'MONEY.TOO_MANY_DIGITS',
    ]);
    const [, events] = items;
    if (events === undefined) throw new Error('no answer');
    const [item] = await listed('channel=events&campaign=', events);
    expect(item).toMatchObject({ campaign: null, kind: 'event', month: '2026-01' });
    const path = `/campaigns/${String(item?.['account'])}/spend/${events.id}/correct`;
    expect((await app.post(path, { day: '2026-01-06', amount: eur('0.00') })).statusCode).toBe(200);
  });

  it('is known to other contexts as changes by day, channel, campaign and kind, at any position', async () => {
    const { id } = await define('winter');
    const first = answer(
      await spend(`/campaigns/${id}/spend`, {
        kind: 'tool',
        amount: { amount: '10.00', currency: 'USD' },
        rate: { to: 'EUR', value: '0.5' },
      }),
    );
    await app.post(`/campaigns/${id}/spend/${first.id}/correct`, { day: '2026-01-05', kind: 'media' });
    const known = knownSpend(app.ledger.eventStore, 'EUR');
    const own = async (position?: Position) =>
      (await known.upTo(position))
        .filter(({ campaign }) => campaign === 'winter')
        .map(({ kind, amount }) => [kind, amount]);
    expect(await own()).toEqual([
      ['tool', 500],
      ['tool', -500],
      ['media', 500],
    ]);
    expect(await own(parsePosition(first.position) ?? undefined)).toEqual([['tool', 500]]);
  });
});
