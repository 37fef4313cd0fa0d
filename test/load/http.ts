import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Uuid } from '#kernel/ids.js';
import type { Benchmark } from './benchmark.js';
import { compare } from './support/compare.js';
import type { HttpLoad } from './support/http-load.js';
import { inFlight } from './support/in-flight.js';
import { leadCommands, leadInput } from './support/lead-commands.js';
import { openLedger } from './support/ledger.js';
import { comparedRow } from './support/words.js';

const CONNECTIONS = 64;
const REQUESTS = 8_000;
const LEADS = 8_000;
const GOAL = 0.7;
/** The projectors of both servers catch up before the other one's turn. */
const PAUSE_MS = 700;

/** `concord serve` as a process of its own, loaded by another process; so is the bare server that it is compared with. */
export const http: Benchmark = {
  name: 'http',
  about: 'commands over HTTP, 64 connections, against bare Fastify with the same append',
  async run(settings) {
    const standalone = await serverIn(settings.folder, 'standalone', startStandalone);
    const bare = await serverIn(settings.folder, 'bare', startBare);
    const client = fork(join(import.meta.dirname, 'support/http-load.js'), [], {
      env: { ...process.env, CONCORD_BENCH_LOAD: 'yes' },
    });
    const load = async (server: Server, requestsOf: (server: Server) => HttpLoad['requests']): Promise<number> => {
      await sleep(PAUSE_MS);
      client.send({ port: server.port, connections: CONNECTIONS, requests: requestsOf(server) } satisfies HttpLoad);
      const [rate] = (await once(client, 'message')) as [number]; // from http-load.ts
      return rate;
    };
    const turns = (requestsOf: (server: Server) => HttpLoad['requests']) =>
      compare(
        () => load(standalone, requestsOf),
        () => load(bare, requestsOf),
        settings,
      );
    try {
      const touches = await turns(({ leads }) =>
        Array.from({ length: REQUESTS }, (_, n) => touchRequest(leads[n % leads.length] ?? '')),
      );
      const creations = await turns(() => Array.from({ length: REQUESTS }, creationRequest));
      return [
        comparedRow(
          `POST /leads/{id}/touches, ${CONNECTIONS} connections, vs bare Fastify with the same append`,
          'requests',
          touches,
          GOAL,
        ),
        comparedRow(
          `POST /leads, ${CONNECTIONS} connections, vs bare Fastify with the same append`,
          'requests',
          creations,
          GOAL,
        ),
      ];
    } finally {
      for (const child of [client, standalone.process, bare.process]) child.kill('SIGKILL');
    }
  },
};

interface Server {
  readonly process: ChildProcess;
  readonly port: number;
  readonly leads: readonly Uuid[];
}

async function serverIn(
  parent: string,
  name: string,
  start: (folder: string) => Promise<Omit<Server, 'leads'>>,
): Promise<Server> {
  const folder = join(parent, name);
  mkdirSync(folder);
  const ledger = await openLedger(folder);
  const { createLead } = leadCommands(ledger);
  const leads: Uuid[] = [];
  await inFlight(LEADS, 64, async (index) => leads.push(await createLead(leadInput(index, false))));
  await ledger.close();
  return { ...(await start(folder)), leads };
}

async function startStandalone(folder: string): Promise<Omit<Server, 'leads'>> {
  const main = join(import.meta.dirname, '../../apps/cli/main.js');
  const env = {
    ...process.env,
    CONCORD_DATA: folder,
    CONCORD_PORT: '0',
    CONCORD_LOG_LEVEL: 'warn',
    CONCORD_BENCH: undefined,
  };
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  for await (const chunk of child.stdout) {
    const port = /listens on http:\/\/[^:]+:(\d+)/.exec(String(chunk))?.[1];
    if (port === undefined) continue;
    return { process: child, port: Number(port) };
  }
  throw new Error('concord serve did not start');
}

async function startBare(folder: string): Promise<Omit<Server, 'leads'>> {
  const child = fork(join(import.meta.dirname, 'support/bare-fastify.js'), [], {
    env: { ...process.env, CONCORD_BENCH_BARE: folder },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const [port] = (await once(child, 'message')) as [number]; // from bare-fastify.ts
  return { process: child, port };
}

const touchRequest = (lead: string): HttpLoad['requests'][number] => ({
  path: `/leads/${lead}/touches`,
  body: JSON.stringify({
    kind: 'call',
    channel: 'outbound-call',
    campaign: 'spring',
    direction: 'outbound',
    outcome: 'connected',
    note: 'Wants to hear more about the larger plan next week.',
  }),
});

const creationRequest = (): HttpLoad['requests'][number] => ({
  path: '/leads',
  body: JSON.stringify({
    company: 'Analytical Engines Ltd',
    channel: 'paid_search',
    source: 'google',
    medium: 'cpc',
    campaign: 'spring',
    content: 'landing-a',
    segment: 'small',
    country: 'GB',
  }),
});
