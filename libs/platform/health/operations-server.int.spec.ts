import { serveOperations, type OperationsServer } from './operations-server.js';

describe('A process that serves only health and metrics', () => {
  let status = 'up';
  let server: OperationsServer;
  beforeAll(async () => {
    server = await serveOperations({
      host: '127.0.0.1',
      port: 0,
      health: async () => ({ status, detail: 'all of it' }),
      ready: async () => ({ status }),
      metrics: { contentType: 'text/plain; version=0.0.4', text: async () => 'one 1\n' },
    });
  });
  afterAll(() => server.close());

  it('answers with 503 while it is down, and is alive all the same', async () => {
    const statuses = async () =>
      Promise.all(['', '/ready', '/live'].map(async (path) => (await fetch(`${server.url}/health${path}`)).status));
    status = 'degraded';
    expect(await statuses()).toEqual([200, 200, 200]);
    status = 'down';
    expect(await statuses()).toEqual([503, 503, 200]);
    status = 'up';
  });

  it('gives metrics in their own type', async () => {
    const response = await fetch(`${server.url}/metrics`);
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/plain; version=0.0.4',
      'one 1\n',
    ]);
  });

  it('knows no other route', async () => {
    const response = await fetch(`${server.url}/leads`);
    expect(response.status).toBe(404);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(await response.json()).toMatchObject({ code: 'ROUTE.NOT_FOUND' });
  });

  it('refuses a port that is taken', async () => {
    await expect(
      serveOperations({
        host: '127.0.0.1',
        port: Number(new URL(server.url).port),
        health: async () => ({ status }),
        ready: async () => ({ status }),
        metrics: { contentType: 'text/plain', text: async () => '' },
      }),
    ).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });
});
