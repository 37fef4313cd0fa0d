import { onLedger } from '#apps/composition/on-ledger.js';
import { runProcess } from '#apps/composition/run-process.js';
import { readConfig } from '#platform/config/config.js';
import { runProjector } from './run-projector.js';

/** `concord projector`: keeps the read models current. Any number of them share the work. */
export const main = (env: NodeJS.ProcessEnv): Promise<0 | 1 | 2> =>
  runProcess(async (signal) => {
    const config = readConfig(env, process.cwd(), { port: 3_001, operationsOnly: true });
    const { url, stop } = await onLedger(config, signal, runProjector);
    return { greeting: `Concord's projector works; health and metrics on ${url}\n`, stop };
  });

if (import.meta.filename === process.argv[1]) process.exitCode = await main(process.env);
