import { runProcess } from '#apps/composition/run-process.js';
import { readConfig } from '#platform/config/config.js';
import { startRelay } from './start-relay.js';

/** `concord relay`: the ledger's public events into a Kafka topic. */
export const main = (env: NodeJS.ProcessEnv): Promise<0 | 1 | 2> =>
  runProcess((signal) => startRelay(readConfig(env, process.cwd(), { port: 3_002, operationsOnly: true }), signal));

if (import.meta.filename === process.argv[1]) process.exitCode = await main(process.env);
