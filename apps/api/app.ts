import type { LoggerService } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KNOWN_BOOK, type KnownBook } from '#incentives/statements/known-book.js';
import { configureHttp, newFastifyAdapter } from '#platform/http/fastify-app.js';
import { newMetrics } from '#platform/metrics/metrics.js';
import { serveOpenApi } from '#platform/openapi/openapi.js';
import type { Ledger } from '#apps/composition/ledger.js';
import { requireKeys } from './access.js';
import { ROUTE_ROLES } from './route-roles.js';
import { servePage } from './page/serve-page.js';
import { ApiModule } from './api.module.js';

/** The whole HTTP interface over an open ledger, ready for requests but not listening yet. Closing it leaves the ledger open. */
export async function openApp(ledger: Ledger, logger: LoggerService | false): Promise<NestFastifyApplication> {
  const metrics = newMetrics(ledger.eventStore, ledger.lag);
  const app = await NestFactory.create<NestFastifyApplication>(
    ApiModule.of(ledger, metrics),
    newFastifyAdapter(),
    // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment -- Nest declares plain options as a class
    { bodyParser: false, logger },
  );
  const fastify = app.getHttpAdapter().getInstance();
  await configureHttp(app);
  await requireKeys(fastify, ledger, metrics);
  metrics.watchHttp(fastify);
  serveOpenApi(app, ROUTE_ROLES);
  servePage(fastify, ledger, app.get<KnownBook>(KNOWN_BOOK));
  await app.init();
  await fastify.ready();
  return app;
}
