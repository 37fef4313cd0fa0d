import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { openApp } from '../app.js';
import { openLedger, type Ledger } from '#apps/composition/ledger.js';
import { followLedger } from '#apps/projector/follow-ledger.js';
import { openLanes } from '#apps/projector/lanes.js';
import { readConfig } from '#platform/config/config.js';

/** The whole app over a ledger in a folder of its own, asked without a network. */
export interface RunningApp {
  readonly app: NestFastifyApplication;
  readonly ledger: Ledger;
  /** `<METHOD> <url>` of everything it serves. */
  readonly routes: readonly string[];
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<LightMyRequestResponse>;
  get(path: string): Promise<LightMyRequestResponse>;
  inject(options: InjectOptions): Promise<LightMyRequestResponse>;
  stop(): Promise<void>;
}

export async function runningApp(env: Readonly<Record<string, string>> = {}): Promise<RunningApp> {
  const dataFolder = mkdtempSync(join(tmpdir(), 'concord-app-'));
  const ledger = await openLedger(readConfig({ ...env, CONCORD_DATA: dataFolder }));
  const app = await openApp(ledger, false);
  const projector = await followLedger({
    ...ledger,
    openLane: openLanes(ledger),
    onBroken: (error) => {
      throw error;
    },
  });
  const inject = (given: InjectOptions): Promise<LightMyRequestResponse> => app.inject(given);
  return {
    app,
    ledger,
    routes: app.getHttpAdapter().getInstance().routeTable.all(),
    inject,
    post: (url, body, headers = {}) =>
      inject({
        method: 'POST',
        url,
        headers: { 'content-type': 'application/json', ...headers },
        payload: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    get: (url) => inject({ method: 'GET', url }),
    async stop() {
      await app.close();
      await projector.stop();
      await ledger.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}
