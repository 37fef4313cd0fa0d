import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@nestjs/common';
import { DomainError } from '#kernel/errors.js';
import { withoutCredentials } from '#platform/config/addresses.js';
import type { Config } from '#platform/config/config.js';

/**
 * Opens what lies on servers, and waits (bounded by CONCORD_START_WAIT) while they do not answer: in a compose file or a cluster everything
 * starts at once. Throws `START.SERVER_OUT_OF_REACH` when they did not come in time; anything else at once.
 */
export async function awaitServers<Opened>(
  config: Config,
  logger: Pick<LoggerService, 'log'>,
  signal: AbortSignal,
  open: () => Promise<Opened>,
): Promise<Opened> {
  const began = performance.now();
  let toldAt = -Infinity;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!(error instanceof DomainError) || error.kind !== 'unavailable') throw error;
      const waited = (performance.now() - began) / 1_000;
      if (waited >= config.startWaitSeconds)
        throw new DomainError(
          'unavailable',
          'START.SERVER_OUT_OF_REACH',
          `${serversOf(config)} did not answer within ${config.startWaitSeconds} s (CONCORD_START_WAIT): ${error.detail}`,
        );
      if (performance.now() >= toldAt + TELL_MS) {
        logger.log({ msg: 'waiting for servers', servers: serversOf(config), reason: error.detail });
        toldAt = performance.now();
      }
      await sleep(AGAIN_MS, undefined, { signal });
    }
  }
}

const AGAIN_MS = 500;
const TELL_MS = 5_000;

function serversOf({ ledgerAddress, readStoreAddress, keysAddress, topic }: Config): string {
  const addresses = [ledgerAddress, readStoreAddress, keysAddress].filter((address) => address !== undefined);
  const all = [...addresses.map(withoutCredentials), ...(topic.brokers ?? [])];
  return all.length === 0 ? 'the files in the data folder' : all.join(', ');
}
