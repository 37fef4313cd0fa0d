import type { AddressInfo } from 'node:net';
import Fastify from 'fastify';
import { problemOf } from '../http/problem.js';
import { EVERYWHERE, securityHeaders } from '../http/security-headers.js';
import type { Metrics } from '../metrics/metrics.js';

export interface Operations {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Everything worth knowing; `down` is answered with 503. */
  health(): Promise<{ readonly status: string }>;
  /** Whether it can work now; `down` is answered with 503. */
  ready(): Promise<{ readonly status: string }>;
  readonly metrics: Pick<Metrics, 'contentType' | 'text'>;
}

export interface OperationsServer {
  /** `http://127.0.0.1:3001` */
  readonly url: string;
  close(): Promise<void>;
}

/** Health and metrics of a process that serves nothing else, on a port of its own. Throws `EADDRINUSE`. */
export async function serveOperations(operations: Operations): Promise<OperationsServer> {
  const fastify = Fastify({ forceCloseConnections: true });
  const headers = await securityHeaders(EVERYWHERE);
  fastify.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
  for (const [path, look] of [
    ['/health', () => operations.health()],
    ['/health/ready', () => operations.ready()],
    ['/health/live', async () => ({ status: 'up' })],
  ] as const) {
    fastify.get(path, async (_request, reply) => {
      const report = await look();
      return reply.status(report.status === 'down' ? 503 : 200).send(report);
    });
  }
  fastify.get('/metrics', async (_request, reply) =>
    reply.type(operations.metrics.contentType).send(await operations.metrics.text()),
  );
  const refuse = (error: unknown, id: string) => {
    const { problem } = problemOf(error, id);
    return { status: problem.status, body: JSON.stringify(problem) };
  };
  fastify.setNotFoundHandler((request, reply) => {
    const { status, body } = refuse({ statusCode: 404 }, request.id);
    return reply.status(status).type('application/problem+json').send(body);
  });
  fastify.setErrorHandler((error, request, reply) => {
    const { status, body } = refuse(error, request.id);
    return reply.status(status).type('application/problem+json').send(body);
  });
  await fastify.listen({ host: operations.host, port: operations.port });
  return { url: urlOf(fastify.server.address() as AddressInfo), close: () => fastify.close() }; // it listens on TCP
}

/** Where it listens, for people and scripts. */
export const urlOf = ({ family, address, port }: AddressInfo): string =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
