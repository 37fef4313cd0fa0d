import { isUtf8 } from 'node:buffer';
import { malformed } from '#kernel/errors.js';

/**
 * Reads a JSON body strictly: invalid UTF-8, NUL and lone surrogates are refused, since no store gives them back as they came;
 * `__proto__` is refused wherever it stands. An empty body is `{}`: many routes need nothing. Throws `REQUEST.BAD_ENCODING` or `REQUEST.BAD_JSON`.
 */
export function parseJsonBody(bytes: Buffer): unknown {
  if (bytes.length === 0) return {};
  if (!isUtf8(bytes)) throw malformed('REQUEST.BAD_ENCODING', 'the body is not valid UTF-8');
  const text = withoutMark(bytes.toString('utf8'));
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw malformed('REQUEST.BAD_JSON', `the body is not JSON: ${jsonFault(error)}`);
  }
  // Only escapes can hide these, so that nearly every body is not walked at all.
  if (text.includes('__proto__') || (text.includes('\\u') && SUSPICIOUS.test(text))) refuseUnstorable(value, 0);
  return value;
}

const SUSPICIOUS = /\\u(?:0000|d[89a-f]|005f)/i;

const withoutMark = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);

function refuseUnstorable(value: unknown, depth: number): void {
  if (depth > 32) throw malformed('REQUEST.TOO_DEEP', 'a body may be nested 32 levels deep');
  if (typeof value === 'string') {
    refuseText(value);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__') throw malformed('REQUEST.BAD_JSON', 'a body may not hold a member "__proto__"');
    refuseText(key);
    refuseUnstorable(member, depth + 1);
  }
}

function refuseText(text: string): void {
  if (text.includes('\u0000')) throw malformed('REQUEST.BAD_ENCODING', 'a text may not hold the character NUL');
  if (!text.isWellFormed()) throw malformed('REQUEST.BAD_ENCODING', 'a text holds half of a surrogate pair');
}

/** V8 quotes the body in its message; what somebody sent stays out of answers, only the place is told. */
function jsonFault(error: unknown): string {
  const place =
    error instanceof Error ? /at position \d+(?: \(line \d+ column \d+\))?/.exec(error.message)?.[0] : undefined;
  return place === undefined ? 'it cannot be read' : `unexpected text ${place}`;
}
