import { Catch, Logger, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem.js';
import type { RouteTable } from './route-table.js';

/** Every error, wherever it arose, leaves as `application/problem+json`. Unexpected ones are logged with the correlation id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(private readonly routes: Pick<RouteTable, 'methodsOf'>) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const allowed = error instanceof NotFoundException ? this.routes.methodsOf(request.url.replace(/\?.*$/s, '')) : [];
    if (allowed.length > 0) reply.header('allow', allowed.join(', '));
    sendProblem(allowed.length > 0 ? { statusCode: 405 } : error, request, reply, this.logger);
  }
}

export function sendProblem(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  logger: Pick<Logger, 'error'>,
): void {
  const { problem, headers, unexpected } = problemOf(error, request.id);
  if (unexpected) {
    const err = error instanceof Error ? error : new Error(String(error));
    logger.error({
      msg: 'unexpected error',
      correlationId: request.id,
      method: request.method,
      route: request.routeOptions.url,
      err,
    });
  }
  if (reply.sent) return;
  void reply
    .headers({ ...headers, 'x-correlation-id': request.id })
    .status(problem.status)
    .type('application/problem+json')
    .send(JSON.stringify(problem));
}
