import { ConfigError } from '#platform/config/config.js';
import { DomainError } from '#kernel/errors.js';

export interface RunningProcess {
  /** What it says once it is there. */
  readonly greeting: string;
  /** Settles where it ends by itself; rejects with the reason. */
  readonly done?: Promise<void>;
  stop(): Promise<void>;
}

/** How long finishing may take after a signal, before it ends anyway. What was acknowledged is safe in either case. */
const PATIENCE_MS = 10_000;

/**
 * Starts, runs until SIGTERM or SIGINT, stops, and gives the exit code: 0 stopped, 1 failed, 2 a wrong setting. `signal` aborts where
 * the wish to stop comes while it starts.
 */
export async function runProcess(start: (signal: AbortSignal) => Promise<RunningProcess>): Promise<0 | 1 | 2> {
  const wish = new AbortController();
  const wished = new Promise<void>((resolve) => {
    wish.signal.addEventListener('abort', () => resolve());
  });
  const stop = (): void => wish.abort();
  for (const name of SIGNALS) process.once(name, stop);
  let running: RunningProcess | null = null;
  try {
    running = await start(wish.signal);
    process.stdout.write(running.greeting);
    const ended = Promise.race([wished, running.done ?? wished]);
    await ended.catch(() => undefined);
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    await running.stop();
    await ended;
    process.stdout.write('Concord has stopped.\n');
    return 0;
  } catch (error) {
    if (wish.signal.aborted && running === null) return 0;
    process.stderr.write(`concord: ${reason(error)}\n`);
    return error instanceof ConfigError || (error instanceof DomainError && error.code.startsWith('CONFIG.')) ? 2 : 1;
  } finally {
    for (const name of SIGNALS) process.removeListener(name, stop);
  }
}

const SIGNALS = ['SIGTERM', 'SIGINT'] as const;

function reason(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  if (error instanceof DomainError) return error.detail;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')
    return `${error.message}; set CONCORD_PORT to another port (0 takes a free one)`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
