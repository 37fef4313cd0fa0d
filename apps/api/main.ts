import { onLedger } from '#apps/composition/on-ledger.js';
import { runProcess } from '#apps/composition/run-process.js';
import { readConfig } from '#platform/config/config.js';
import { serveApi } from './serve-api.js';

/** `concord api`: HTTP only. Somebody else (`concord projector`) keeps the read models current. */
export const main = (env: NodeJS.ProcessEnv): Promise<0 | 1 | 2> =>
  runProcess(async (signal) => {
    const { url, stop } = await onLedger(readConfig(env), signal, serveApi);
    return {
      greeting: `Concord's api listens on ${url}\n  read models are kept current by "concord projector"\n`,
      stop,
    };
  });

if (import.meta.filename === process.argv[1]) process.exitCode = await main(process.env);
