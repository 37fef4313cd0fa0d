import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { javaMissing, mavenJars } from '../maven-jars.js';
import { startServerProcess, type ServerProcess } from '../server-process.js';

const PLACE = 'test/support/kafka-server';
const JAVA = ['-Xmx256m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto'];
const run = promisify(execFile);

export interface KafkaServer {
  /** `127.0.0.1:PORT` of each broker; the same after a restart. */
  readonly addresses: readonly string[];
  /** kill -9 of a broker, by its place in `addresses`. */
  kill(broker: number): Promise<void>;
  stop(broker: number): Promise<void>;
  /** Starts it again, on the same port and log folder. */
  restart(broker: number): Promise<void>;
  /** Ends all of them and removes what they wrote. */
  close(): Promise<void>;
}

/** Why it cannot be started here, or null. */
export const kafkaServerMissing = (): string | null => javaMissing(PLACE);

/**
 * Apache Kafka on free loopback ports: each broker is a controller, too. With three of them topics have three replicas and lose none
 * of what was acknowledged when one is killed.
 */
export async function startKafka({ brokers = 1 }: { readonly brokers?: 1 | 3 } = {}): Promise<KafkaServer> {
  const { classpath } = await mavenJars(PLACE);
  const folder = await mkdtemp(join(tmpdir(), 'concord-kafka-'));
  const ports = await freePorts(2 * brokers);
  const nodes = Array.from({ length: brokers }, (_, index) => ({
    id: index + 1,
    folder: join(folder, String(index + 1)),
    port: ports[2 * index] ?? 0,
    controllerPort: ports[2 * index + 1] ?? 0,
  }));
  const voters = nodes.map(({ id, controllerPort }) => `${id}@127.0.0.1:${controllerPort}`).join(',');
  const clusterId = `A${randomBytes(16).toString('base64url').slice(0, 21)}`;
  const processes: ServerProcess[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(processes.map((one) => one.kill()));
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const start = ({ folder: own }: (typeof nodes)[number]): Promise<ServerProcess> =>
    startServerProcess({
      command: 'java',
      args: [
        ...JAVA,
        `-Dlog4j2.configurationFile=${join(own, 'log4j2.properties')}`,
        ...['-cp', classpath, 'kafka.Kafka', join(own, 'server.properties')],
      ],
      ready: /Kafka Server started/,
      patienceMs: 110_000,
    });
  try {
    await Promise.all(
      nodes.map(async (node) => {
        await mkdir(node.folder);
        await writeFile(join(node.folder, 'log4j2.properties'), LOGGING);
        const settings = join(node.folder, 'server.properties');
        await writeFile(settings, settingsOf(node, voters, brokers));
        await run('java', [
          ...JAVA,
          '-cp',
          classpath,
          'kafka.tools.StorageTool',
          'format',
          '-t',
          clusterId,
          '-c',
          settings,
        ]);
      }),
    );
    // A quorum forms only when most of them run.
    processes.push(...(await Promise.all(nodes.map(start))));
  } catch (error) {
    await close();
    throw error;
  }
  const processOf = (broker: number): ServerProcess => processes[broker] ?? noSuch(broker);
  return {
    addresses: nodes.map(({ port }) => `127.0.0.1:${port}`),
    kill: (broker) => processOf(broker).kill(),
    stop: (broker) => processOf(broker).stop(),
    async restart(broker) {
      processes[broker] = await start(nodes[broker] ?? noSuch(broker));
    },
    close,
  };
}

interface Node {
  readonly id: number;
  readonly folder: string;
  readonly port: number;
  readonly controllerPort: number;
}

const settingsOf = ({ id, folder, port, controllerPort }: Node, voters: string, brokers: number): string =>
  Object.entries({
    'process.roles': 'broker,controller',
    'node.id': id,
    'controller.quorum.voters': voters,
    listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
    'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    'log.dirs': join(folder, 'log'),
    'auto.create.topics.enable': false,
    'default.replication.factor': brokers,
    'min.insync.replicas': brokers === 1 ? 1 : 2,
    'offsets.topic.replication.factor': brokers,
    'offsets.topic.num.partitions': 1,
    'transaction.state.log.replication.factor': brokers,
    'transaction.state.log.min.isr': 1,
    'share.coordinator.state.topic.replication.factor': brokers,
    'group.initial.rebalance.delay.ms': 0,
    // A dead broker is noticed after 3 s instead of 9, so that a test can kill many.
    'broker.heartbeat.interval.ms': 500,
    'broker.session.timeout.ms': 3000,
    'num.io.threads': 2,
    'num.network.threads': 2,
    'background.threads': 2,
    'log.cleaner.dedupe.buffer.size': 4_194_304,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const LOGGING = `rootLogger.level = warn
rootLogger.appenderRef.stdout.ref = stdout
appender.stdout.type = Console
appender.stdout.name = stdout
appender.stdout.layout.type = PatternLayout
appender.stdout.layout.pattern = %d{ISO8601} %p %m%n
logger.started.name = kafka.server.KafkaRaftServer
logger.started.level = info
`;

function noSuch(broker: number): never {
  throw new RangeError(`there is no broker ${broker}`);
}

/** Free at the moment: a broker has to know its own ports, and the others', before it starts. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from(
      { length: count },
      () =>
        new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
          const server = createServer();
          server.once('error', reject);
          server.listen(0, '127.0.0.1', () => resolve(server));
        }),
    ),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port); // they listen on TCP
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}
