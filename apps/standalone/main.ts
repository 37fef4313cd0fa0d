import { commandFor } from '#apps/composition/command-for.js';
import { onLedger } from '#apps/composition/on-ledger.js';
import { runProcess } from '#apps/composition/run-process.js';
import { readConfig, type Config } from '#platform/config/config.js';
import { serve } from './serve.js';

/** `concord serve`: everything in one process, until a signal comes. */
export const main = (env: NodeJS.ProcessEnv): Promise<0 | 1 | 2> =>
  runProcess(async (signal) => {
    const config = readConfig(env);
    const { url, stop } = await onLedger(config, signal, serve);
    return { greeting: greeting(url, config), stop };
  });

const greeting = (url: string, { dataFolder, auth }: Config): string => `Concord listens on ${url}
  ledger     ${dataFolder}
  page       ${url}/
  interface  ${url}/docs
  sign-in    ${SIGN_IN[auth]}

Try, in another terminal:
  ${commandFor('demo --leads 1000', dataFolder)}
  ${commandFor('kpi', dataFolder)}
  curl '${url}/figures?metrics=leads,won&by=channel'

Ctrl-C stops it.
`;

const SIGN_IN: Readonly<Record<Config['auth'], string>> = {
  off: 'off: whoever reaches this port may do everything; it listens on loopback only',
  keys: 'by keys: "concord key create --member … --role …" makes one',
};

if (import.meta.filename === process.argv[1]) process.exitCode = await main(process.env);
