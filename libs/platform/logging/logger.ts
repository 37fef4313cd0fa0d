import { Logger, PinoLogger } from 'nestjs-pino';
import pino from 'pino';
import type { LogLevel } from '../config/config.js';

/**
 * Structured logs on stderr. They hold ids, codes and times; never a body, a query, a header or a payload, so that no personal data and
 * no secret can end up in them.
 */
export function newLogger(level: LogLevel): Logger {
  const params = {
    pinoHttp: {
      logger: pino({ level, redact: REDACTED, serializers: { err: errorWithoutData } }, pino.destination(2)),
    },
  };
  const logger = new Logger(new PinoLogger(params), params);
  const log = logger.log.bind(logger);
  logger.log = (message: unknown, ...rest: unknown[]) => {
    if (ROUTINE.has(rest.at(-1))) logger.debug(message, ...rest);
    else log(message, ...rest);
  };
  return logger;
}

/** What Nest tells of each module and route at every start. */
const ROUTINE = new Set<unknown>([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** A second line of defence: these must not be logged at all. */
const REDACTED = ['body', 'headers', 'req', 'res', 'data', 'person', 'email', 'err.extra', 'err.errors'];

/** Name, code, message and stack; the rest of an error may hold what it was about. */
function errorWithoutData(error: Error & { readonly code?: unknown }): Record<string, unknown> {
  return { type: error.name, code: error.code, message: error.message, stack: error.stack };
}
