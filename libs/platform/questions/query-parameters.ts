import { malformed } from '#kernel/errors.js';
import { parsePosition, type Position } from '#kernel/position.js';
import { parseInstant, type Instant } from '#kernel/time.js';

/** A query as Fastify or the command line gives it; a repeated parameter is a list. */
export type Query = Readonly<Record<string, unknown>>;

/** Throws `QUERY.UNKNOWN_PARAMETER` for a name that the question does not know: a misspelt filter must not widen an answer. */
export function refuseUnknown(query: Query, known: Iterable<string>): void {
  const names = new Set(known);
  const unknown = Object.keys(query).find((name) => !names.has(name));
  if (unknown === undefined) return;
  throw malformed(
    'QUERY.UNKNOWN_PARAMETER',
    `there is no parameter "${unknown.slice(0, 64)}" here; known are ${[...names].join(', ')}`,
  );
}

/** All values of a parameter, in order; none when it is absent. Throws `QUERY.BAD_PARAMETER` for text that no store could hold. */
export function valuesOf(query: Query, name: string): readonly string[] {
  const value = query[name];
  if (value === undefined) return [];
  const values = (Array.isArray(value) ? value : [value]).map((one: unknown) =>
    typeof one === 'string' ? one : refuse(name, 'a text'),
  );
  if (values.some((text) => text.includes('\0') || !text.isWellFormed() || text.length > 1000))
    refuse(name, 'well-formed text of at most 1000 characters');
  return values;
}

/** The value of a parameter that may be given once, undefined when it is absent. */
export function valueOf(query: Query, name: string): string | undefined {
  const values = valuesOf(query, name);
  return values.length > 1 ? refuse(name, 'one value') : values[0];
}

export function instantOf(query: Query, name: string): Instant | undefined {
  const text = valueOf(query, name);
  // A "+" in a query stands for a space, so that an unescaped offset arrives with one.
  return text === undefined
    ? undefined
    : (parseInstant(text.replace(' ', '+')) ?? refuse(name, 'an instant such as 2026-03-01T09:30:00Z'));
}

export function positionOfQuery(query: Query, name: string): Position | undefined {
  const text = valueOf(query, name);
  return text === undefined
    ? undefined
    : (parsePosition(text) ?? refuse(name, 'a position, as an answer to a command gives it'));
}

export function integerOf(query: Query, name: string, least: number, most: number): number | undefined {
  const text = valueOf(query, name);
  if (text === undefined) return undefined;
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  return value >= least && value <= most ? value : refuse(name, `a whole number from ${least} to ${most}`);
}

function refuse(name: string, takes: string): never {
  throw malformed('QUERY.BAD_PARAMETER', `${name} takes ${takes}`);
}
