import { ConfigError, readConfig } from '#platform/config/config.js';
import { DomainError } from '#kernel/errors.js';
import { commandFor } from '#apps/composition/command-for.js';
import { serve } from './serve.js';

/** How long finishing may take after a signal, before it ends anyway. What was acknowledged is safe in either case. */
const PATIENCE_MS = 10_000;

/** `concord serve`: runs until SIGTERM or SIGINT. Exit codes: 0 stopped, 1 failed, 2 a wrong setting. */
export async function main(env: NodeJS.ProcessEnv): Promise<void> {
  try {
    const config = readConfig(env);
    const server = await serve(config);
    process.stdout.write(greeting(server.url, config.dataFolder));
    await signal();
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    await server.stop();
    process.stdout.write('Concord has stopped.\n');
    process.exitCode = 0;
  } catch (error) {
    process.stderr.write(`concord: ${reason(error)}\n`);
    process.exitCode =
      error instanceof ConfigError || (error instanceof DomainError && error.code.startsWith('CONFIG.')) ? 2 : 1;
  }
}

const signal = (): Promise<void> =>
  new Promise((resolve) => {
    for (const name of ['SIGTERM', 'SIGINT'] as const) process.once(name, () => resolve());
  });

function reason(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DomainError) return error.detail;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `${error.message}; set CONCORD_PORT to another port (0 takes a free one)`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

const greeting = (url: string, dataFolder: string): string => `Concord listens on ${url}
  ledger     ${dataFolder}
  page       ${url}/
  interface  ${url}/docs
  sign-in    off: whoever reaches this port may do everything; it listens on loopback only

Try, in another terminal:
  ${commandFor('demo --leads 1000', dataFolder)}
  ${commandFor('kpi', dataFolder)}
  curl '${url}/figures?metrics=leads,won&by=channel'

Ctrl-C stops it.
`;

if (import.meta.filename === process.argv[1]) await main(process.env);
