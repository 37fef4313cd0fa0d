import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface ServerProcess {
  readonly pid: number;
  /** All that it has said. */
  output(): string;
  /** kill -9. */
  kill(): Promise<void>;
  /** Asks it to end, and after 10 s ends it. */
  stop(): Promise<void>;
}

export interface ServerCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** What it says, on either output, once it can be asked. */
  readonly ready: RegExp;
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly patienceMs?: number;
}

/** Starts a server of another kind and waits until it is ready. It does not outlive this process, however that ends. */
export async function startServerProcess(server: ServerCommand): Promise<ServerProcess> {
  const child = spawn(server.command, server.args, {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: server.cwd,
    env: server.env === undefined ? process.env : { ...process.env, ...server.env },
  });
  const closed = once(child, 'close').catch(() => undefined);
  let said = '';
  const ready = new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (server.ready.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code, signal) =>
      reject(new Error(`${server.command} ended by itself (${code ?? signal ?? 'unknown'}):\n${said}`)),
    );
    setTimeout(
      () => reject(new Error(`${server.command} was not ready in time:\n${said}`)),
      server.patienceMs ?? 60_000,
    ).unref();
  });
  const watchdog = child.pid === undefined ? null : watchOver(child.pid);
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000);
    await closed;
    clearTimeout(late);
    watchdog?.kill('SIGKILL');
  };
  try {
    await ready;
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
  return { pid: Number(child.pid), output: () => said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** Its standard input closes when this process is gone, even by kill -9; then it ends the server. */
function watchOver(pid: number) {
  const watchdog = spawn('sh', ['-c', 'cat >/dev/null; kill -9 "$1"', 'watchdog', String(pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  watchdog.on('error', () => undefined);
  watchdog.unref();
  return watchdog;
}
