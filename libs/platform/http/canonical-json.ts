import { malformed } from '#kernel/errors.js';

const MAX_DEPTH = 32;

/**
 * JSON with sorted keys and without undefined members: two bodies that mean the same have the same text.
 * Throws `REQUEST.TOO_DEEP` beyond 32 levels.
 */
export function canonicalJson(value: unknown, depth = 0): string {
  if (depth > MAX_DEPTH) throw malformed('REQUEST.TOO_DEEP', `a body may be nested ${MAX_DEPTH} levels deep`);
  if (value === undefined) return 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  const members = value as Readonly<Record<string, unknown>>; // a non-null object that is no array
  let text = '';
  for (const key of Object.keys(members).sort()) {
    if (members[key] === undefined) continue;
    text += `${text === '' ? '' : ','}${JSON.stringify(key)}:${canonicalJson(members[key], depth + 1)}`;
  }
  return `{${text}}`;
}
