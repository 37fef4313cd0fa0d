import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { world } from './world.js';

const root = path.resolve(import.meta.dirname, '../../..');
const bin = path.join(root, 'bin/concord.mjs');

/** A folder of its own for one test; removed with `remove`. */
export function temporaryFolder(): { readonly path: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'concord-test-'));
  return { path: folder, remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly done: Promise<Finished>;
}

// A story that runs out of time must not leave its processes behind.
const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts `concord …` as a real process on the built code. */
export function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: root,
    env: { ...environment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('close', () => running.delete(child));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const done = new Promise<Finished>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, stdout, stderr }));
  });
  return { child, done };
}

/** Runs a command line to its end, in the world of the stories. */
export async function concord(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Finished> {
  const data = args[args.indexOf('--data') + 1];
  const settings = args.includes('--data') && data !== undefined ? await world().settingsOf(data) : {};
  return start(args, { ...settings, ...env }).done;
}

/** Runs a command that must succeed and gives its standard output. */
export async function succeeds(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string> {
  const { code, stdout, stderr } = await concord(args, env);
  if (code !== 0) throw new Error(`concord ${args.join(' ')} ended with ${code ?? 'a signal'}\n${stdout}\n${stderr}`);
  return stdout;
}

export interface Answer<Body = any> {
  readonly status: number;
  readonly headers: Headers;
  // The tests read what came over the wire; a wrong shape fails the assertion.
  readonly body: Body;
}

export interface Server {
  /** `serve`, `api`, … */
  readonly name: string;
  readonly url: string;
  readonly running: boolean;
  get(route: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  post(route: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** SIGTERM, and waits for the end. */
  stop(): Promise<Finished>;
  /** SIGKILL, and waits for the end. */
  kill(): Promise<Finished>;
}

/** What serves the ledger of a data folder in the world of the stories, on free loopback ports. `stop` and `kill` end all of it. */
export async function startServer(data: string, env: Readonly<Record<string, string>> = {}): Promise<Server> {
  const settings = { ...(await world().settingsOf(data)), ...env };
  const starting = await Promise.allSettled(world().processes.map((name) => startProcess(name, data, settings)));
  const servers = starting.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
  const failed = starting.find((one) => one.status === 'rejected');
  if (failed !== undefined) {
    await Promise.all(servers.map((server) => server.kill()));
    throw failed.reason;
  }
  const [asked] = servers;
  if (asked === undefined) throw new Error('a world without processes');
  const all = async (end: (server: Server) => Promise<Finished>): Promise<Finished> => {
    const ended = await Promise.all(servers.map(end));
    return ended.find(({ code }) => code !== 0) ?? ended[0] ?? (await end(asked));
  };
  return {
    ...asked,
    get running() {
      return servers.some(({ running }) => running);
    },
    stop: () => all((server) => server.stop()),
    kill: () => all((server) => server.kill()),
  };
}

/** One of the processes on a free loopback port, when it has said where it listens. */
export async function startProcess(
  name: string,
  data: string,
  env: Readonly<Record<string, string>> = {},
): Promise<Server> {
  const { child, done } = start([name, '--data', data], { CONCORD_PORT: '0', CONCORD_LOG_LEVEL: 'warn', ...env });
  const url = await address(child, done);
  return {
    name,
    url,
    get running() {
      return running.has(child);
    },
    get: async (route, headers = {}) => answer(await fetch(url + route, { headers })),
    post: async (route, body, headers = {}) =>
      answer(
        await fetch(url + route, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' || body instanceof Uint8Array ? (body as string) : JSON.stringify(body),
        }),
      ),
    stop: () => (child.kill('SIGTERM'), done),
    kill: () => (child.kill('SIGKILL'), done),
  };
}

async function address(child: ChildProcess, done: Promise<Finished>): Promise<string> {
  let seen = '';
  const found = new Promise<string>((resolve) => {
    const look = (text: string): void => {
      seen += text;
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(seen);
      if (match !== null) resolve(match[0]);
    };
    child.stdout?.on('data', look);
    child.stderr?.on('data', look);
  });
  const ended = done.then(({ code, stderr }) => {
    throw new Error(`the server ended with ${code ?? 'a signal'} before it listened:\n${stderr}`);
  });
  return Promise.race([found, ended]);
}

async function answer(response: Response): Promise<Answer> {
  const text = await response.text();
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return { status: response.status, headers: response.headers, body: json && text !== '' ? JSON.parse(text) : text };
}

/** The test's own environment must not configure the process under test. */
function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      (entry): entry is [string, string] =>
        entry[1] !== undefined && !entry[0].startsWith('CONCORD_') && entry[0] !== 'NODE_OPTIONS',
    ),
  );
}
