import type { LightMyRequestResponse } from 'fastify';
import type { CommandAnswer } from '#platform/http/command-endpoint.js';
import { runningApp, type RunningApp } from './testing/running-app.js';

let app: RunningApp;
beforeAll(async () => {
  app = await runningApp();
});
afterAll(() => app.stop());

const answer = (response: LightMyRequestResponse): CommandAnswer => response.json<CommandAnswer>();
const timeline = async (id: string, position: string) => {
  const response = await app.get(`/leads/${id}/timeline?minPosition=${position}`);
  return response.json<{ items: { data: Record<string, unknown> }[] }>().items.map(({ data }) => data);
};

describe('Channel rules', () => {
  it('choose a channel where none is given, and leave their name beside the raw values', async () => {
    const { id } = answer(await app.post('/leads', { source: 'google', medium: 'cpc', campaign: 'spring' }));
    const touch = (body: object) => app.post(`/leads/${id}/touches`, { kind: 'ad-click', ...body });
    await touch({ source: 'linkedin' });
    await touch({ source: 'linkedin', channel: 'events' });
    await touch({ source: 'nobody', medium: 'knows' });
    const touchId = '0f5c7a0e-4c1b-5d4e-9a53-6d1b8f2a7c10';
    const last = answer(await touch({ touchId, medium: 'newsletter' }));
    expect(await timeline(id, last.position)).toMatchObject([
      { channel: 'paid_search', channelRule: 'channels@1', source: 'google', medium: 'cpc' },
      { channel: 'social', channelRule: 'channels@1', source: 'linkedin' },
      { channel: 'events', channelRule: null, source: 'linkedin' },
      { channel: null, channelRule: 'channels@1', source: 'nobody' },
      { channel: 'email', channelRule: 'channels@1', medium: 'newsletter' },
    ]);
    const plain = answer(await app.post('/leads', { company: 'Engines' }));
    expect(await timeline(plain.id, plain.position)).toMatchObject([{ channel: null, channelRule: null }]);

    const rules = [{ channel: 'letters', medium: ['newsletter'] }];
    const defined = await app.post('/definitions/channels', { rules });
    expect(answer(defined)).toMatchObject({ id: 'definition-channels', events: [{ revision: 0 }] });
    // Told again under other rules, it is the same touch.
    expect(answer(await touch({ touchId, medium: 'newsletter' }))).toMatchObject({ events: [] });
    await new Promise((resolve) => setTimeout(resolve, 300));
    const after = answer(await touch({ medium: 'newsletter' }));
    expect((await timeline(id, after.position)).at(-1)).toMatchObject({
      channel: 'letters',
      channelRule: 'channels@2',
    });
  });

  it('are shown in all versions, tried without recording, and refused where one can never choose', async () => {
    const shown = await app.get('/definitions/channels');
    expect(shown.json()).toMatchObject({ version: 2, applied: null, versions: [{ version: 1, definedAt: null }, {}] });
    const tried = await app.get('/definitions/channels/classify?source=google&medium=cpc&version=1');
    expect(tried.json()).toMatchObject({ channel: 'paid_search', channelRule: 'channels@1', index: 1 });
    const now = await app.get('/definitions/channels/classify?source=google&medium=cpc');
    expect(now.json()).toMatchObject({ channel: null, channelRule: 'channels@2', index: null });
    expect((await app.get('/definitions/channels/classify')).json()).toMatchObject({
      code: 'QUERY.NOTHING_TO_CLASSIFY',
    });
    const bad = await app.post('/definitions/channels', {
      rules: [{ channel: 'all' }, { channel: 'x', source: ['y'] }],
    });
    expect([bad.statusCode, bad.json()]).toMatchObject([
      400,
      { code: 'CHANNELS.UNREACHABLE_RULE', errors: [{ pointer: '/rules/1' }] },
    ]);
  });
});
