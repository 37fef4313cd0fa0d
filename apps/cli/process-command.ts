import type { ExitCode } from './exit-code.js';
import type { ProcessName } from './program.js';

/** Runs one of the processes until a signal comes. */
export async function processCommand(name: ProcessName, env: NodeJS.ProcessEnv): Promise<ExitCode> {
  const { main } = await PROCESSES[name]();
  return main(env);
}

const PROCESSES = {
  serve: () => import('#apps/standalone/main.js'),
  api: () => import('#apps/api/main.js'),
  projector: () => import('#apps/projector/main.js'),
  relay: () => import('#apps/relay/main.js'),
};
