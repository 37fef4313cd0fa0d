import { setTimeout as sleep } from 'node:timers/promises';
import { concord, startProcess, succeeds, temporaryFolder, type Server } from './support/process.js';

/** Asks until the answer is so; the test's own time limit ends it. */
async function until<Answer>(ask: () => Promise<Answer>, isSo: (answer: Answer) => boolean): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    await sleep(100);
  }
}

const lanesOf = async (projector: Server): Promise<number[]> =>
  (await projector.get('/health')).body.projector.lanes.map(({ lane }: { lane: number }) => lane).sort();

describe('Separate processes on one ledger', () => {
  const data = temporaryFolder();
  const env = { CONCORD_LANES: '4' };
  let api: Server;
  const opened: Server[] = [];
  const begin = async (name: string): Promise<Server> => {
    const server = await startProcess(name, data.path, env);
    opened.push(server);
    return server;
  };
  beforeAll(async () => {
    api = await begin('api');
  }, 60_000);
  afterAll(async () => {
    for (const server of opened) await server.kill();
    data.remove();
  });

  const create = async (company: string) => (await api.post('/leads', { company })).body;

  it('take commands without a projector, and say that answers are not there yet', async () => {
    const { id, position } = await create('Early');
    const answer = await api.get(`/leads/${id}?minPosition=${position}`);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).not.toBeNull();
    expect(answer.body).toMatchObject({ code: 'READ_MODEL.BEHIND' });
    expect((await api.get('/health/ready')).status).toBe(200);
  }, 60_000);

  it('share the lanes; who dies is stood in for, and nothing is missing', async () => {
    const one = await begin('projector');
    await until(
      () => lanesOf(one),
      (lanes) => lanes.length === 4,
    );
    const two = await begin('projector');
    const shares = await until(
      () => Promise.all([lanesOf(one), lanesOf(two)]),
      (both) => both.every(({ length }) => length === 2),
    );
    expect(shares.flat().sort()).toEqual([0, 1, 2, 3]);
    expect((await one.get('/health')).body).toMatchObject({ status: 'up', projector: { members: 2 } });
    for (let n = 0; n < 40; n += 1) await create(`Company ${n}`);
    await two.kill();
    for (let n = 40; n < 80; n += 1) await create(`Company ${n}`);
    const { position } = await create('Last');
    const figures = await until(
      () => api.get(`/figures?metrics=leads&minPosition=${position}`),
      ({ status }) => status === 200,
    );
    expect(figures.body.total.leads).toBe(82);
    expect(
      await until(
        () => lanesOf(one),
        (lanes) => lanes.length === 4,
      ),
    ).toEqual([0, 1, 2, 3]);
    expect(await succeeds(['projection', 'verify', '--data', data.path])).not.toContain('differs');
  }, 120_000);

  it('show how far behind each lane is, in events and in seconds', async () => {
    const projector = opened.find((server) => server.name === 'projector');
    const { body } = (await projector?.get('/metrics')) ?? { body: '' };
    expect(body).toMatch(/^concord_projection_lag\{processor="figures",lane="3"\} 0$/m);
    expect(body).toMatch(/^concord_projection_lag_seconds\{processor="leads",lane="0"\} 0$/m);
    expect(body).toMatch(/^concord_projection_stuck\{processor="leads",lane="0"\} 0$/m);
    expect(body).toMatch(/^concord_projector_lanes 4$/m);
    expect(body).toMatch(/^concord_up\{store="ledger"\} 1$/m);
  });

  it('end with 0 when they are told to', async () => {
    for (const server of opened.filter(({ running }) => running)) {
      const { code, stderr } = await server.stop();
      expect({ name: server.name, code, stderr }).toEqual({ name: server.name, code: 0, stderr: '' });
    }
  }, 60_000);
});

describe('A wrong setting', () => {
  it.each([
    ['api', { CONCORD_LEDGER: 'postgres://x' }, 'CONCORD_LEDGER is "postgres://x"; it takes '],
    ['projector', { CONCORD_LANES: 'many' }, 'CONCORD_LANES is "many"; it takes '],
    ['serve', { CONCORD_READ_STORE: 'mongodb://ada:hunter2@x' }, 'CONCORD_READ_STORE is "mongodb://x"; it takes '],
    ['relay', {}, 'CONCORD_KAFKA_BROKERS is unset; it takes '],
    ['projector', { CONCORD_LEDGER: 'esdb://127.0.0.1:1' }, 'CONCORD_IDENTITY_KEY is unset; it takes '],
  ])(
    'ends %s at once with one line',
    async (name, env, line) => {
      const data = temporaryFolder();
      try {
        const { code, stdout, stderr } = await concord([name, '--data', data.path], env);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toMatch(/^concord: .*\n$/);
        expect(stderr).toContain(line);
        expect(stderr).not.toContain('hunter2');
      } finally {
        data.remove();
      }
    },
    30_000,
  );
});
