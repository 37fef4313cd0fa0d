import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#platform/config/config.js';
import { newLogger } from '#platform/logging/logger.js';
import { rebuildOutdated } from '#subscriptions/rebuild.js';
import { openApp } from './app.js';
import { openEmbeddedLedger } from './embedded-ledger.js';
import { followLedger, openLanes } from './projector.js';
import { usualLanes } from './usual-lanes.js';

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Stops accepting, finishes what is under way, stops the projector, closes the stores. */
  stop(): Promise<void>;
}

/** Opens the ledger, follows it with the projector and listens. Throws what opening throws, and `EADDRINUSE`. */
export async function serve(config: Config): Promise<RunningServer> {
  const logger = newLogger(config.logLevel);
  const options = { dataFolder: config.dataFolder, config };
  const ledger = await openEmbeddedLedger(options);
  const open = openLanes(ledger, options);
  let app: NestFastifyApplication | null = null;
  let projector: Awaited<ReturnType<typeof followLedger>> | null = null;
  const stop = async (): Promise<void> => {
    await app?.close();
    await projector?.stop();
    await ledger.close();
  };
  try {
    app = await openApp(ledger, logger);
    await app.listen(config.port, config.host);
    projector = await followLedger(ledger.readStore, ledger.processors, open, (error) =>
      logger.error({ msg: 'a projector broke and is started again', err: error }),
    );
  } catch (error) {
    await stop();
    throw error;
  }
  rebuildOutdated(
    ledger.processors.map(({ spec }) => spec),
    { eventStore: ledger.eventStore, readStore: ledger.readStore, lanes: usualLanes(), openLane: open },
  ).catch((error: unknown) =>
    logger.error({ msg: 'rebuilding an outdated projection failed; the old one goes on', err: error }),
  );
  return { url: urlOf(app), stop };
}

function urlOf(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address() as AddressInfo; // it listens on TCP
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
