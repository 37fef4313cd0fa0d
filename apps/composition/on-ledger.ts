import type { Config } from '#platform/config/config.js';
import { newLogger } from '#platform/logging/logger.js';
import type { Logger } from 'nestjs-pino';
import { awaitServers } from './await-servers.js';
import { openLedger, type Ledger } from './ledger.js';

/** Opens the configured ledger, starts something on it, and closes it when that has stopped or could not be started. */
export async function onLedger<Running extends { stop(): Promise<void> }>(
  config: Config,
  signal: AbortSignal,
  start: (ledger: Ledger, logger: Logger) => Promise<Running>,
): Promise<Running> {
  const logger = newLogger(config.logLevel);
  const ledger = await awaitServers(config, logger, signal, () => openLedger(config));
  try {
    const running = await start(ledger, logger);
    return {
      ...running,
      async stop() {
        await running.stop();
        await ledger.close();
      },
    };
  } catch (error) {
    await ledger.close();
    throw error;
  }
}
