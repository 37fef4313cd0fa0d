import type { AddressInfo } from 'node:net';
import type { LoggerService } from '@nestjs/common';
import type { Ledger } from '#apps/composition/ledger.js';
import { urlOf } from '#platform/health/operations-server.js';
import { openApp } from './app.js';

export interface ServedApi {
  /** `http://127.0.0.1:3000` */
  readonly url: string;
  /** Stops accepting and finishes what is under way. */
  stop(): Promise<void>;
}

/** Serves HTTP on the configured address. Throws `EADDRINUSE`; closes what it opened when it cannot listen. */
export async function serveApi(ledger: Ledger, logger: LoggerService): Promise<ServedApi> {
  const app = await openApp(ledger, logger);
  try {
    await app.listen(ledger.config.port, ledger.config.host);
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = app.getHttpServer().address() as AddressInfo; // it listens on TCP
  return { url: urlOf(address), stop: () => app.close() };
}
