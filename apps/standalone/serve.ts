import type { LoggerService } from '@nestjs/common';
import { serveApi } from '#apps/api/serve-api.js';
import type { Ledger } from '#apps/composition/ledger.js';
import { startProjector, type Projector } from '#apps/projector/start-projector.js';

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Stops accepting, finishes what is under way, stops the projector. */
  stop(): Promise<void>;
}

/** Listens, and keeps the read models current in the same process. Throws `EADDRINUSE`. The ledger stays open. */
export async function serve(ledger: Ledger, logger: LoggerService): Promise<RunningServer> {
  const api = await serveApi(ledger, logger);
  let projector: Projector;
  try {
    projector = await startProjector(ledger, logger);
  } catch (error) {
    await api.stop();
    throw error;
  }
  return {
    url: api.url,
    async stop() {
      await api.stop();
      await projector.stop();
    },
  };
}
