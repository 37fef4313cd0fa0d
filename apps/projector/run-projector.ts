import type { Logger } from 'nestjs-pino';
import type { Ledger } from '#apps/composition/ledger.js';
import { healthOf, readinessOf } from '#platform/health/health.js';
import { serveOperations } from '#platform/health/operations-server.js';
import { newMetrics } from '#platform/metrics/metrics.js';
import { startProjector } from './start-projector.js';

export interface RunningProjector {
  /** Of its health and metrics. */
  readonly url: string;
  stop(): Promise<void>;
}

/** The projector with health and metrics of its own. Throws `EADDRINUSE`. The ledger stays open. */
export async function runProjector(ledger: Ledger, logger: Logger): Promise<RunningProjector> {
  const { config, eventStore, readStore, lag } = ledger;
  const metrics = newMetrics(eventStore, lag);
  const projector = await startProjector(ledger, logger);
  metrics.watch('concord_projector_lanes', 'Lanes that run in this process.', () => projector.lanes.length);
  metrics.watch('concord_projector_members', 'Projectors that share the lanes.', () => projector.members);
  try {
    const operations = await serveOperations({
      host: config.host,
      port: config.port,
      health: async () => ({
        ...(await healthOf(eventStore, lag)),
        projector: { lanes: projector.lanes, members: projector.members },
      }),
      ready: () => readinessOf(eventStore, readStore),
      metrics,
    });
    return {
      url: operations.url,
      async stop() {
        await projector.stop();
        await operations.close();
      },
    };
  } catch (error) {
    await projector.stop();
    throw error;
  }
}
