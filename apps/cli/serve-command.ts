import { main } from '#apps/standalone/main.js';
import { EXIT, type ExitCode } from './exit-code.js';

/** Serves until a signal comes. */
export async function serveCommand(env: NodeJS.ProcessEnv): Promise<ExitCode> {
  await main(env);
  return process.exitCode === EXIT.failed || process.exitCode === EXIT.wrongUsage ? process.exitCode : EXIT.done;
}
