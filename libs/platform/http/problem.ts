import { STATUS_CODES } from 'node:http';
import { HttpException } from '@nestjs/common';
import { DomainError, type ErrorKind, type FieldError } from '#kernel/errors.js';

/** RFC 9457 `application/problem+json`. `code` is stable and public. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: string;
  readonly correlationId: string;
  readonly errors?: readonly FieldError[];
  readonly [extra: string]: unknown;
}

/** The only place where a kind of refusal becomes a status. */
const STATUS: Readonly<Record<ErrorKind, number>> = {
  malformed: 400,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  refused: 409,
  gone: 410,
  stale: 412,
  'too-large': 413,
  unprocessable: 422,
  unavailable: 503,
};

/** What the framework refuses before a route is reached, by its own code. */
const FRAMEWORK: Readonly<Record<string, readonly [ErrorKind | number, string, string]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: ['too-large', 'REQUEST.TOO_LARGE', 'the body is larger than this route takes'],
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [415, 'REQUEST.UNSUPPORTED_MEDIA_TYPE', 'a body must be application/json'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    'malformed',
    'REQUEST.BAD_CONTENT_LENGTH',
    'the body is not as long as Content-Length says',
  ],
  FST_ERR_CTP_EMPTY_JSON_BODY: ['malformed', 'REQUEST.BAD_JSON', 'the body is empty'],
  FST_ERR_CTP_INVALID_JSON_BODY: ['malformed', 'REQUEST.BAD_JSON', 'the body is not JSON'],
  FST_ERR_BAD_URL: ['malformed', 'REQUEST.BAD_URL', 'the path is not a valid URL path'],
  FST_ERR_MAX_PARAM_LENGTH: [414, 'REQUEST.BAD_URL', 'a part of the path is too long'],
  FST_ERR_NOT_FOUND: ['not-found', 'ROUTE.NOT_FOUND', 'there is no such route'],
};

/** Seconds after which a caller of an unavailable ledger may come again. */
const RETRY_AFTER_S = '1';

export interface ProblemAnswer {
  readonly problem: Problem;
  readonly headers: Readonly<Record<string, string>>;
  /** True for what nobody foresaw: to be logged, and told to nobody outside. */
  readonly unexpected: boolean;
}

/** Any error as an answer. Nothing of an unexpected one (message, stack, SQL) leaves the process. */
export function problemOf(error: unknown, correlationId: string): ProblemAnswer {
  if (error instanceof DomainError) return fromDomain(error, correlationId);
  const known = FRAMEWORK[codeOf(error)];
  if (known !== undefined) return expected(known[0], known[1], known[2], correlationId);
  const status = httpStatusOf(error);
  if (status === 404) return expected('not-found', 'ROUTE.NOT_FOUND', 'there is no such route', correlationId);
  if (status === 405)
    return expected(
      405,
      'ROUTE.METHOD_NOT_ALLOWED',
      'this route does not take this method; Allow names those it takes',
      correlationId,
    );
  if (status !== null && status >= 400 && status < 500) {
    return expected(status, 'REQUEST.MALFORMED', STATUS_CODES[status] ?? 'malformed request', correlationId);
  }
  const detail = 'something went wrong here; the log has the details under this correlationId';
  return { ...expected(500, 'INTERNAL', detail, correlationId), unexpected: true };
}

function fromDomain(error: DomainError, correlationId: string): ProblemAnswer {
  const answer = expected(error.kind, error.code, error.detail, correlationId);
  const errors = error.errors.length === 0 ? {} : { errors: error.errors };
  return { ...answer, problem: { ...jsonSafe(error.extra), ...answer.problem, ...errors } };
}

function expected(kind: ErrorKind | number, code: string, detail: string, correlationId: string): ProblemAnswer {
  const status = typeof kind === 'number' ? kind : STATUS[kind];
  const title = STATUS_CODES[status] ?? 'Error';
  return {
    problem: { type: `urn:concord:problem:${code}`, title, status, detail, code, correlationId },
    headers: status === 503 ? { 'retry-after': RETRY_AFTER_S } : {},
    unexpected: false,
  };
}

/** Extra members may hold positions, which JSON cannot. */
const jsonSafe = (extra: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(extra).map(([key, value]) => [key, typeof value === 'bigint' ? value.toString() : value]),
  );

/** Nest wraps what Fastify throws and keeps it as the cause. */
function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return 'cause' in error ? codeOf(error.cause) : '';
}

function httpStatusOf(error: unknown): number | null {
  if (typeof error !== 'object' || error === null) return null;
  if (error instanceof HttpException) return error.getStatus();
  return 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : null;
}
