/**
 * What went wrong, in the words of RFC 9457's status: the HTTP edge maps a kind to a status and nothing else decides one.
 * malformed 400 · forbidden 403 · not-found 404 · refused 409 · gone 410 · stale 412 · too-large 413 · unprocessable 422 · unavailable 503
 */
export type ErrorKind =
  | 'malformed'
  | 'unauthenticated'
  | 'forbidden'
  | 'not-found'
  | 'refused'
  | 'gone'
  | 'stale'
  | 'too-large'
  | 'unprocessable'
  | 'unavailable';

/** One thing wrong with a body: `pointer` is a JSON pointer (RFC 6901), `code` is stable. */
export interface FieldError {
  readonly pointer: string;
  readonly code: string;
  readonly detail: string;
}

/** A rule of the domain said no. `code` is stable and public (`LEAD.TRANSITION_REFUSED`); `detail` is for people. */
export class DomainError extends Error {
  override readonly name = 'DomainError';

  constructor(
    readonly kind: ErrorKind,
    readonly code: string,
    readonly detail: string,
    /** Further members of the problem document, e.g. `existing`. */
    readonly extra: Readonly<Record<string, unknown>> = {},
    readonly errors: readonly FieldError[] = [],
  ) {
    super(`${code}: ${detail}`);
  }
}

export const refused = (code: string, detail: string, extra?: Readonly<Record<string, unknown>>): DomainError =>
  new DomainError('refused', code, detail, extra);

export const malformed = (code: string, detail: string, errors?: readonly FieldError[]): DomainError =>
  new DomainError('malformed', code, detail, {}, errors);
