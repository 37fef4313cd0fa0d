import type { AddressInfo } from 'node:net';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Config } from '#platform/config/config.js';
import { newLogger } from '#platform/logging/logger.js';
import { rebuildOutdated } from '#subscriptions/rebuild.js';
import type { OpenLane, RunningLane } from '#subscriptions/running-lane.js';
import { openApp } from '#apps/api/app.js';
import { openLedger } from '#apps/composition/ledger.js';
import { usualLanes } from '#apps/composition/usual-lanes.js';
import { followLedger } from '#apps/projector/follow-ledger.js';
import { openLanes } from '#apps/projector/lanes.js';

export interface RunningServer {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Stops accepting, finishes what is under way, stops the projector, closes the stores. */
  stop(): Promise<void>;
}

/** Opens the ledger, follows it with the projector and listens. Throws what opening throws, and `EADDRINUSE`. */
export async function serve(config: Config): Promise<RunningServer> {
  const logger = newLogger(config.logLevel);
  const ledger = await openLedger(config);
  const lanes = tracked(openLanes(ledger));
  let app: NestFastifyApplication | null = null;
  let projector: Awaited<ReturnType<typeof followLedger>> | null = null;
  let rebuilding: Promise<unknown> = Promise.resolve();
  let stopping = false;
  const stop = async (): Promise<void> => {
    stopping = true;
    await app?.close();
    await projector?.stop();
    await lanes.stopAll();
    await rebuilding;
    await ledger.close();
  };
  const { eventStore, readStore, processors } = ledger;
  const tell = (msg: string) => (error: unknown) => {
    if (!stopping) logger.error({ msg, err: error });
  };
  try {
    app = await openApp(ledger, logger);
    await app.listen(config.port, config.host);
    projector = await followLedger(readStore, processors, lanes.open, tell('a projector broke and is started again'));
  } catch (error) {
    await stop();
    throw error;
  }
  rebuilding = rebuildOutdated(
    processors.map(({ spec }) => spec),
    { eventStore, readStore, lanes: usualLanes(), openLane: lanes.open },
  ).catch(tell('rebuilding an outdated projection failed; the old one goes on'));
  return { url: urlOf(app), stop };
}

/** Remembers what runs, so that a rebuild under way ends with the server too (and begins anew with the next one). */
function tracked(openLane: OpenLane): { readonly open: OpenLane; stopAll(): Promise<void> } {
  const running = new Set<RunningLane>();
  return {
    open: (assignment) => {
      const lane = openLane(assignment);
      running.add(lane);
      const forget = (): void => void running.delete(lane);
      lane.done.then(forget, forget);
      return lane;
    },
    async stopAll() {
      await Promise.allSettled([...running].map((lane) => lane.stop()));
    },
  };
}

function urlOf(app: NestFastifyApplication): string {
  const address = app.getHttpServer().address() as AddressInfo; // it listens on TCP
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
}
