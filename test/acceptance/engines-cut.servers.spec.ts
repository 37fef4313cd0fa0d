import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { readByTheRule } from '#publishing/testing/read-by-the-rule.js';
import { describeOnServer } from '../support/describe-on-server.js';
import { readTopic } from '../support/kafka-server/read-topic.js';
import { productionMissing, productionWorld, type Engines } from './support/production-world.js';
import { startServer, succeeds, temporaryFolder, type Answer, type Server } from './support/process.js';
import { liveIn } from './support/world.js';

const CUTS_EACH = 2;
const AWAY_MS = 2_000;
const CALLERS = 4;

/** Asks until the answer is so; the test's own time limit ends it. */
async function until<Found>(ask: () => Promise<Found>, isSo: (found: Found) => boolean): Promise<Found> {
  for (;;) {
    const found = await ask();
    if (isSo(found)) return found;
    await sleep(200);
  }
}

describeOnServer('The whole product, while its engines are cut off', productionMissing(), () => {
  const files = mkdtempSync(path.join(tmpdir(), 'concord-cut-'));
  const production = productionWorld({ mongoFile: path.join(files, 'read-models') });
  const data = temporaryFolder();
  let server: Server;
  let engines: Engines;
  const started: Server[] = [];

  beforeAll(async () => {
    liveIn(production);
    engines = await production.enginesOf(data.path);
    server = await startServer(data.path);
    started.push(server);
  }, 300_000);
  afterAll(async () => {
    for (const one of started) await one.kill();
    await production.end();
    data.remove();
    rmSync(files, { recursive: true, force: true, maxRetries: 5 });
  }, 120_000);

  const acknowledged = new Set<string>();
  const refusals: Answer[] = [];
  let touches = 0;
  let stopping = false;

  /** Sends until it is acknowledged, with the same key: a caller that was told to come again. */
  async function insisting(route: string, body: object): Promise<Answer> {
    const key = randomUUID();
    for (;;) {
      const answer = await server.post(route, body, { 'idempotency-key': key });
      if (answer.status < 300) return answer;
      refusals.push(answer);
      await sleep(100);
    }
  }

  async function caller(): Promise<void> {
    while (!stopping) {
      const { body } = await insisting('/leads', { person: { lastName: 'Lovelace' }, channel: 'email' });
      acknowledged.add(body.id);
      const { body: touched } = await insisting(`/leads/${body.id}/touches`, { kind: 'call', note: 'called' });
      touches += touched.events.length === 1 || touched.repeated === true ? 1 : 0;
    }
  }

  it('refuses with 503 and Retry-After what it cannot do, and takes up everything again', async () => {
    const callers = Array.from({ length: CALLERS }, caller);
    const goesOn = async (): Promise<void> => {
      const before = acknowledged.size;
      await until(
        async () => acknowledged.size,
        (size) => size >= before + CALLERS,
      );
    };
    await goesOn();
    for (let cut = 0; cut < CUTS_EACH; cut += 1) {
      // The ledger away: no command is taken.
      await engines.ledger.kill();
      await until(
        async () => refusals.length,
        (count) => count > 0,
      );
      expect((await server.get('/health/ready')).status).toBe(503);
      expect((await server.get('/health/live')).status).toBe(200);
      await sleep(AWAY_MS);
      await engines.ledger.restart();
      await goesOn();

      // The read models away: commands are taken, questions are not.
      await engines.mongo.kill();
      await goesOn();
      const question = await server.get('/figures?metrics=leads');
      expect([question.status, question.headers.get('retry-after')]).toEqual([503, expect.any(String)]);
      await sleep(AWAY_MS);
      await engines.mongo.restart();
      await goesOn();
      await until(
        () => server.get('/figures?metrics=leads'),
        ({ status }) => status === 200,
      );

      // Kafka away: nobody notices but the relay.
      await engines.kafka.kill(0);
      const before = refusals.length;
      await goesOn();
      expect((await server.get('/figures?metrics=leads')).status).toBe(200);
      expect(refusals.length).toBe(before);
      await sleep(AWAY_MS);
      await engines.kafka.restart(0);
      await goesOn();
    }
    stopping = true;
    await Promise.all(callers);
    for (const { status, headers, body } of refusals) {
      expect({ status, type: headers.get('content-type'), code: body.code }).toEqual({
        status: 503,
        type: expect.stringMatching(/^application\/problem\+json/),
        code: expect.stringMatching(/^[A-Z_]+\.[A-Z_]+$/),
      });
      expect(headers.get('retry-after')).toMatch(/^\d+$/);
    }
    expect(refusals.length).toBeGreaterThan(0);
  }, 600_000);

  it('has lost nothing that it acknowledged, and done nothing twice', async () => {
    const exported = await events();
    const created = exported.filter(({ type }) => type === 'lead.created').map(({ leadid }) => leadid);
    expect(new Set(created).size).toBe(created.length);
    expect(new Set(created)).toEqual(acknowledged);
    expect(exported.filter(({ type }) => type === 'lead.touched')).toHaveLength(touches);
    const { position } = exported.at(-1) ?? { position: '0' };
    const { body } = await until(
      () => server.get(`/figures?metrics=leads&minPosition=${position}`),
      ({ status }) => status === 200,
    );
    expect(body.total.leads).toBe(acknowledged.size);
  }, 300_000);

  it('has read models that equal a fresh rebuild', async () => {
    expect(await succeeds(['projection', 'verify', '--data', data.path])).not.toContain('differs');
  }, 300_000);

  it('has a topic that equals the ledger, event by event', async () => {
    const expected = (await events()).filter(({ type }) => EVERY_PUBLIC_EVENT.of(type) !== undefined);
    const kafka = new Kafka({ clientId: 'story', brokers: [...engines.kafka.addresses], logLevel: logLevel.NOTHING });
    const kept = await until(
      async () => (await readTopic(kafka, engines.topic)).map(readByTheRule),
      (partitions) => partitions.flat().length >= expected.length,
    );
    const positions = new Map(expected.map(({ id }, index) => [id, index]));
    expect(new Set(kept.flat())).toEqual(new Set(positions.keys()));
    for (const partition of kept) {
      const order = partition.map((id) => positions.get(id) ?? -1);
      expect(order).toEqual([...order].sort((a, b) => a - b));
    }
  }, 300_000);

  interface Exported {
    readonly id: string;
    readonly type: string;
    readonly leadid: string;
    readonly position: string;
  }
  const events = async (): Promise<Exported[]> =>
    (await succeeds(['export', '--data', data.path]))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Exported);
});
