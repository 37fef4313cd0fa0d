import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { writeFileSync } from 'node:fs';
import { startServerProcess, type ServerProcess } from '../server-process.js';
import type { Faults } from './faults.js';

/** A running test double of EventStoreDB (`main.ts`): not EventStoreDB. */
export interface EventStoreDouble {
  /** `esdb://127.0.0.1:PORT?tls=false`; the same after a restart. */
  readonly address: string;
  readonly port: number;
  /** With a clock of the test's own: what the server takes for the time. */
  setClock(now: number): void;
  /** Lets it misbehave; a fault stays as it is until it is set again, or until a restart. */
  faults(faults: Partial<Faults> & { readonly dropConnections?: boolean }): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
  /** On the same port and file. */
  restart(): Promise<void>;
  /** Ends it and removes its file. */
  stop(): Promise<void>;
}

const MAIN = 'dist/test/support/eventstoredb-double/main.js';

/** Needs `npm run build`. `clock`: the server's time is what `setClock` says, beginning with this moment. */
export async function startEventStoreDouble(settings: { readonly clock?: number } = {}): Promise<EventStoreDouble> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-esdb-'));
  const clockFile = settings.clock === undefined ? [] : [join(folder, 'clock')];
  const setClock = (now: number): void => {
    for (const file of clockFile) writeFileSync(file, String(now));
  };
  if (settings.clock !== undefined) setClock(settings.clock);
  const start = (port: number, control: number): Promise<ServerProcess> =>
    startServerProcess({
      command: process.execPath,
      args: [
        '--disable-warning=ExperimentalWarning',
        ...[resolve(MAIN), join(folder, 'log.sqlite'), String(port), String(control), ...clockFile],
      ],
      ready: /listening on \d+, control on \d+/,
    });
  let server = await start(0, 0);
  const [, port = 0, control = 0] = (/listening on (\d+), control on (\d+)/.exec(server.output()) ?? []).map(Number);
  return {
    address: `esdb://127.0.0.1:${port}?tls=false`,
    port,
    setClock,
    async faults(faults) {
      await fetch(`http://127.0.0.1:${control}`, { method: 'POST', body: JSON.stringify(faults) });
    },
    kill: () => server.kill(),
    async restart() {
      server = await start(port, control);
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
