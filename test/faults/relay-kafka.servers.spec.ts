import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { openKafkaPublisher } from '#publishing/kafka/kafka-publisher.js';
import { runRelay, type Relay } from '#publishing/relay.js';
import { describeOnServer } from '../support/describe-on-server.js';
import { kafkaServerMissing, startKafka, type KafkaServer } from '../support/kafka-server/kafka-server.js';
import { relayedLedger, type RelayedLedger } from './support/relayed-ledger.js';

const SUPPORT = join(import.meta.dirname, 'support');
const PARTITIONS = 6;
const newTopic = (): string => `concord-test-${randomUUID()}`;

describeOnServer('The relay to one broker', kafkaServerMissing(), () => {
  let kafka: KafkaServer;
  let ledger: RelayedLedger;
  beforeAll(async () => {
    kafka = await startKafka();
  });
  afterAll(() => kafka.close());
  beforeEach(async () => {
    ledger = await relayedLedger(PARTITIONS);
  });
  afterEach(() => ledger.close());

  it('loses nothing when its process is killed with -9, again and again', async () => {
    const topic = newTopic();
    for (let round = 0; round < 12; round++) {
      const child = relayProcess(ledger.file, kafka.addresses, topic);
      const writing = ledger.write(300);
      await child.firstLine;
      await delay(Math.random() * 150);
      await child.kill();
      await writing;
    }
    const last = relayProcess(ledger.file, kafka.addresses, topic);
    await last.reached(await ledger.store.head());
    await last.kill();
    const { events } = await ledger.expectRelayed(kafka.addresses, topic);
    expect(events).toBeGreaterThan(5_000);
  }, 180_000);

  it('does no harm to a reader by the rule when two of them run', async () => {
    const topic = newTopic();
    await ledger.write(300);
    const relays = [relayOf(ledger, kafka, topic), relayOf(ledger, kafka, topic)];
    for (let round = 0; round < 10; round++) {
      await ledger.write(100);
      await delay(50);
    }
    for (const { relay } of relays) await caughtUp(relay, ledger);
    for (const { stop } of relays) await stop();
    const { repeats } = await ledger.expectRelayed(kafka.addresses, topic);
    // Else it was one relay that worked, and the rule had nothing to do.
    expect(repeats).toBeGreaterThan(0);
  }, 60_000);

  it('waits for a broker that is killed and comes back', async () => {
    const topic = newTopic();
    const { relay, stop } = relayOf(ledger, kafka, topic);
    for (let round = 0; round < 3; round++) {
      await ledger.write(300);
      await delay(50 + Math.random() * 100);
      await kafka.kill(0);
      await ledger.write(300);
      await kafka.restart(0);
      await caughtUp(relay, ledger);
    }
    expect((await relay.status()).error).toBeNull();
    await stop();
    await ledger.expectRelayed(kafka.addresses, topic);
  }, 240_000);
});

describeOnServer('The relay to three brokers', kafkaServerMissing(), () => {
  const KILLS = 10;

  it(`has no gap, no repeat by the rule and no disorder after ${KILLS} leaders were killed under load`, async () => {
    const kafka = await startKafka({ brokers: 3 });
    const ledger = await relayedLedger(PARTITIONS);
    const topic = newTopic();
    try {
      const { relay, stop } = relayOf(ledger, kafka, topic);
      await ledger.write(200);
      await caughtUp(relay, ledger);
      const over = new AbortController();
      const writing = (async () => {
        while (!over.signal.aborted) {
          await ledger.write(4);
          await delay(20);
        }
      })();
      for (let kill = 0; kill < KILLS; kill++) {
        const victim = await leaderOf(kafka, topic, kill % PARTITIONS);
        await kafka.kill(victim);
        await progressed(relay);
        await kafka.restart(victim);
        await inSync(kafka, topic);
      }
      over.abort();
      await writing;
      await caughtUp(relay, ledger);
      const { sessions, sent } = await relay.status();
      await stop();
      const { events, repeats } = await ledger.expectRelayed(kafka.addresses, topic);
      process.stdout.write(
        `${KILLS} leaders killed: ${events} events, ${sent} sent, ${repeats} lie there twice, ${sessions} sessions\n`,
      );
    } finally {
      await kafka.close();
      await ledger.close();
    }
  }, 400_000);
});

function relayOf(ledger: RelayedLedger, kafka: KafkaServer, topic: string) {
  const stopping = new AbortController();
  const publisher = openKafkaPublisher({ brokers: kafka.addresses, topic, partitions: PARTITIONS });
  const relay = runRelay({
    ...{ eventStore: ledger.store, publisher, contract: EVERY_PUBLIC_EVENT, signal: stopping.signal, pageSize: 200 },
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await relay.done;
    await publisher.close();
  };
  return { relay, stop };
}

async function caughtUp(relay: Relay, ledger: RelayedLedger): Promise<void> {
  const head = await ledger.store.head();
  for (;;) {
    const { state, position } = await relay.status();
    if (state === 'refused') await relay.done;
    if (position !== null && position >= head) return;
    await delay(20);
  }
}

/** It has acknowledged a page that it read after now. */
async function progressed(relay: Relay): Promise<void> {
  const { head } = await relay.status();
  for (;;) {
    const { position } = await relay.status();
    if (position !== null && head !== null && position > head) return;
    await delay(20);
  }
}

async function leaderOf(kafka: KafkaServer, topic: string, partition: number): Promise<number> {
  const partitions = await partitionsOf(kafka, topic);
  const leader = partitions.find(({ partitionId }) => partitionId === partition)?.leader ?? 0;
  return leader - 1;
}

/** All replicas have caught up, so that the next kill leaves enough of them. */
async function inSync(kafka: KafkaServer, topic: string): Promise<void> {
  for (;;) {
    const partitions = await partitionsOf(kafka, topic).catch(() => []);
    if (partitions.length === PARTITIONS && partitions.every(({ isr }) => isr.length === 3)) return;
    await delay(100);
  }
}

async function partitionsOf(kafka: KafkaServer, topic: string) {
  const admin = new Kafka({ brokers: [...kafka.addresses], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    return (await admin.fetchTopicMetadata({ topics: [topic] })).topics[0]?.partitions ?? [];
  } finally {
    await admin.disconnect();
  }
}

function relayProcess(file: string, brokers: readonly string[], topic: string) {
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-transform-types', '--conditions=source'];
  const child: ChildProcess = spawn(
    process.execPath,
    [
      ...[...flags, '--import', join(SUPPORT, 'typescript.mjs'), join(SUPPORT, 'relay-process.mjs')],
      ...[file, brokers.join(','), topic, String(PARTITIONS)],
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' } },
  );
  let complaints = '';
  let position = -1n;
  child.stderr?.on('data', (chunk: Buffer) => (complaints += chunk.toString()));
  const firstLine = new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      position = BigInt(chunk.toString().trim().split('\n').at(-1) ?? '-1');
      resolve();
    });
    child.once('exit', (code) =>
      reject(new Error(`the relay ended by itself with ${code ?? 'a signal'}: ${complaints}`)),
    );
  });
  firstLine.catch(() => undefined);
  return {
    firstLine,
    async reached(wanted: bigint) {
      await firstLine;
      while (position < wanted) await delay(20);
    },
    async kill() {
      const closed = once(child, 'close');
      child.kill('SIGKILL');
      await closed;
    },
  };
}
