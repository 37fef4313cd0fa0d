import type { Logger } from 'nestjs-pino';
import { awaitServers } from '#apps/composition/await-servers.js';
import { openSealedLedger } from '#apps/composition/ledger.js';
import type { RunningProcess } from '#apps/composition/run-process.js';
import type { EventStore } from '#event-store/event-store.js';
import { ConfigError, type Config } from '#platform/config/config.js';
import { serveOperations } from '#platform/health/operations-server.js';
import { newLogger } from '#platform/logging/logger.js';
import { newMetrics } from '#platform/metrics/metrics.js';
import { EVERY_PUBLIC_EVENT } from '#platform/public-events/every-public-event.js';
import { openKafkaPublisher } from '#publishing/kafka/kafka-publisher.js';
import { runRelay } from '#publishing/relay.js';
import { relayReport, watchRelay } from './relay-report.js';

/**
 * The ledger's public events into the configured topic, with health and metrics on a port of their own. It has no keys: what it cannot
 * decrypt it cannot publish. `signal` ends the waiting for servers.
 */
export async function startRelay(config: Config, signal: AbortSignal): Promise<RunningProcess> {
  const { brokers, name: topic, partitions, replicas } = config.topic;
  if (brokers === undefined)
    throw new ConfigError('CONCORD_KAFKA_BROKERS is unset; it takes host:port of one or more brokers, with commas');
  const logger = newLogger(config.logLevel);
  const eventStore = await awaitServers(config, logger, signal, () => openSealedLedger(config));
  const publisher = openKafkaPublisher({ brokers, topic, partitions, replicas });
  const stopping = new AbortController();
  const relay = runRelay({
    eventStore,
    publisher,
    contract: EVERY_PUBLIC_EVENT,
    signal: stopping.signal,
    log: logOf(logger),
  });
  const stop = async (): Promise<void> => {
    stopping.abort();
    await relay.done.catch(() => undefined); // heard of through `done` below
    await publisher.close();
    await eventStore.close();
  };
  try {
    const metrics = newMetrics(eventStore, null);
    watchRelay(metrics, relay);
    const operations = await serveOperations({
      host: config.host,
      port: config.port,
      health: () => relayReport(relay),
      ready: () => readiness(eventStore),
      metrics,
    });
    return {
      greeting: `Concord's relay publishes to ${topic} at ${brokers.join(', ')}; health and metrics on ${operations.url}\n`,
      done: relay.done,
      async stop() {
        await stop();
        await operations.close();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

const readiness = async (eventStore: EventStore): Promise<{ status: 'up' | 'down' }> =>
  eventStore.head().then(
    () => ({ status: 'up' }),
    () => ({ status: 'down' }),
  );

const logOf = (logger: Logger) => ({
  info: (about: object, msg: string): void => logger.log({ ...about, msg }),
  warn: (about: object, msg: string): void => logger.warn({ ...about, msg }),
});
