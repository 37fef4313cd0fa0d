import { ConfigError } from '#platform/config/config.js';
import { DomainError } from '#kernel/errors.js';
import { EXIT, UsageError, type ExitCode } from './exit-code.js';

/** One line for people, and the exit code that goes with it. A stack trace only where the fault is the program's own and CONCORD_LOG_LEVEL asks for it. */
export function failure(error: unknown, env: NodeJS.ProcessEnv): { readonly line: string; readonly code: ExitCode } {
  if (error instanceof UsageError || error instanceof ConfigError)
    return { line: error.message, code: EXIT.wrongUsage };
  if (error instanceof DomainError)
    return {
      line: `${oneLine(error.detail)} (${error.code})`,
      code: isUsage(error.code) ? EXIT.wrongUsage : EXIT.failed,
    };
  const debug = env['CONCORD_LOG_LEVEL'] === 'debug' || env['CONCORD_LOG_LEVEL'] === 'trace';
  if (error instanceof Error)
    return { line: debug ? (error.stack ?? error.message) : oneLine(error.message), code: EXIT.failed };
  return { line: 'failed for a reason that it does not know', code: EXIT.failed };
}

/** What the person typed was wrong, as opposed to what they asked for having failed. */
const isUsage = (code: string): boolean =>
  /^(QUERY|CONFIG)\./.test(code) || code === 'IMPORT.BAD_MAPPING' || code === 'IMPORT.UNKNOWN_FILE';

const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');
