import type { IncomingHttpHeaders } from 'node:http';
import { TEAMS, type Team } from '#kernel/envelope.js';
import { malformed } from '#kernel/errors.js';

/** Printable ASCII without spaces: it goes into logs and into the ledger. */
const CORRELATION_ID = /^[\x21-\x7e]{1,128}$/;
const HANDLE = /^[^\p{Cc}]{1,255}$/u;

/** `X-Correlation-Id` when it is usable, null when absent; throws `REQUEST.BAD_CORRELATION_ID`. */
export function correlationIdOf(headers: IncomingHttpHeaders): string | null {
  const text = single(headers['x-correlation-id'], 'X-Correlation-Id');
  if (text === null) return null;
  if (!CORRELATION_ID.test(text)) {
    throw malformed(
      'REQUEST.BAD_CORRELATION_ID',
      'X-Correlation-Id takes 1 to 128 printable ASCII characters without spaces',
    );
  }
  return text;
}

/** `Idempotency-Key`, null when absent; throws `REQUEST.BAD_IDEMPOTENCY_KEY`. */
export function idempotencyKeyOf(headers: IncomingHttpHeaders): string | null {
  const text = single(headers['idempotency-key'], 'Idempotency-Key');
  if (text === null) return null;
  if (text.length < 1 || text.length > 255) {
    throw malformed('REQUEST.BAD_IDEMPOTENCY_KEY', `Idempotency-Key takes 1 to 255 characters, got ${text.length}`);
  }
  return text;
}

/** The revision in `If-Match: "3"` (the quotes are optional), null when absent or `*`; throws `REQUEST.BAD_IF_MATCH`. */
export function expectedRevisionOf(headers: IncomingHttpHeaders): number | null {
  const text = single(headers['if-match'], 'If-Match');
  if (text === null || text === '*') return null;
  const match = /^(?:"(\d{1,15})"|(\d{1,15}))$/.exec(text);
  if (match === null)
    throw malformed('REQUEST.BAD_IF_MATCH', `If-Match takes a revision such as "3", got ${text.slice(0, 64)}`);
  return Number(match[1] ?? match[2]);
}

/** Who says they are acting, before the roster is asked; throws `REQUEST.BAD_ACTOR`. */
export function claimedActorOf(headers: IncomingHttpHeaders): {
  readonly id: string | null;
  readonly team: Team | null;
} {
  const id = single(headers['x-actor-id'], 'X-Actor-Id');
  const team = single(headers['x-actor-team'], 'X-Actor-Team');
  const handle = id === null ? null : asUtf8(id).trim();
  if (handle !== null && !HANDLE.test(handle))
    throw malformed('REQUEST.BAD_ACTOR', 'X-Actor-Id takes 1 to 255 characters');
  if (team !== null && !isTeam(team)) {
    throw malformed('REQUEST.BAD_ACTOR', `X-Actor-Team takes one of ${TEAMS.join(', ')}, got ${team.slice(0, 64)}`);
  }
  return { id: handle, team };
}

const isTeam = (text: string): text is Team => (TEAMS as readonly string[]).includes(text); // widened to look for any text

/** Node reads header bytes as latin1; a handle such as "Zoë" usually arrives as UTF-8. */
function asUtf8(text: string): string {
  // eslint-disable-next-line no-control-regex -- the whole of ASCII, control characters included
  if (/^[\x00-\x7f]*$/.test(text)) return text;
  const decoded = Buffer.from(text, 'latin1').toString('utf8');
  return decoded.includes('\ufffd') ? text : decoded;
}

/** Node joins most repeated headers with a comma and gives some as a list; both are one value too many here only for lists. */
function single(value: string | string[] | undefined, name: string): string | null {
  if (value === undefined) return null;
  if (typeof value !== 'string') throw malformed('REQUEST.REPEATED_HEADER', `${name} may be given once`);
  return value;
}
