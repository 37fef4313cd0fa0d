import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { freshUuid } from '#kernel/ids.js';
import { parseJsonBody } from './json-body.js';
import { sendProblem, ProblemFilter } from './problem-filter.js';
import { correlationIdOf } from './request-headers.js';
import { RequestPipe } from './request-pipe.js';
import { routeTable, type RouteTable } from './route-table.js';
import { closeUnusedConnections } from './unused-connections.js';
import { EVERYWHERE, IN_DOCS, securityHeaders } from './security-headers.js';

declare module 'fastify' {
  interface FastifyInstance {
    /** What this app serves. */
    readonly routeTable: RouteTable;
  }
}

const MIB = 1024 * 1024;
/** Bodies are small, but for the routes that take many things at once. */
const BODY_LIMIT = MIB;
const LARGE_BODIES: Readonly<Record<string, number>> = { '/touches': 8 * MIB };

/** Fastify as every app of ours starts it: no middleware layer, a request's id is its correlation id. */
export function newFastifyAdapter(): FastifyAdapter {
  const logger = new Logger('http');
  return new FastifyAdapter({
    // Nothing here is Express middleware; without its emulation a request passes fewer layers.
    skipMiddie: true,
    bodyLimit: BODY_LIMIT,
    genReqId: (raw: { readonly headers: FastifyRequest['headers'] }) => usableCorrelationId(raw.headers) ?? freshUuid(),
    requestTimeout: 30_000,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: 512 },
    frameworkErrors: (error: Error, request: FastifyRequest, reply: FastifyReply) =>
      sendProblem(error, request, reply, logger),
  });
}

/** Body parsing, headers, validation and errors. Call it before `app.init()`; create the app with `bodyParser: false`. */
export async function configureHttp(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  closeUnusedConnections(fastify);
  fastify.removeAllContentTypeParsers();
  fastify.addContentTypeParser(
    ['application/json', 'application/*+json'],
    { parseAs: 'buffer' },
    (_request, bytes, done) => {
      try {
        done(null, parseJsonBody(bytes as Buffer)); // parseAs: 'buffer'
      } catch (error) {
        done(error as Error); // parseJsonBody throws DomainErrors
      }
    },
  );
  const [everywhere, docs] = await Promise.all([securityHeaders(EVERYWHERE), securityHeaders(IN_DOCS)]);
  const routes = routeTable();
  fastify.decorate('routeTable', routes);
  fastify.addHook('onRoute', (route) => {
    const limit = LARGE_BODIES[route.url];
    if (limit !== undefined) route.bodyLimit = limit;
    routes.add(route.method, route.url);
  });
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(request.routeOptions.url === '/docs' ? docs : everywhere).header('x-correlation-id', request.id);
    try {
      correlationIdOf(request.headers);
      done();
    } catch (error) {
      done(error as Error); // a DomainError
    }
  });
  app.useGlobalPipes(new RequestPipe());
  app.useGlobalFilters(new ProblemFilter(routes));
}

function usableCorrelationId(headers: FastifyRequest['headers']): string | null {
  try {
    return correlationIdOf(headers);
  } catch {
    return null; // refused by the hook, once there is a reply to refuse it with
  }
}
