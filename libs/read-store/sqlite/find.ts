import { createHash } from 'node:crypto';
import type { SQLInputValue } from 'node:sqlite';
import { malformed } from '#kernel/errors.js';
import type { FindOptions, Found, Stored, ViewSpec, Where } from '../read-store.js';
import type { Connection, Row } from './connection.js';
import { folded, storedFrom } from './document-row.js';
import { columnOf } from './schema.js';

/**
 * A page of live documents. Order: by the sort field, then id, both in the sort's direction; "no value" sorts before every value.
 * Values and missing values are asked for one after the other, so that each part is one walk along an index.
 */
export function findPage<D>(connection: Connection, table: string, view: ViewSpec, options: FindOptions): Found<D> {
  const { sort, limit } = options;
  const filter = filterSql(view, options.where ?? {}, options.q);
  const fingerprint = fingerprintOf(view, options);
  const start = options.cursor === undefined ? null : readCursor(options.cursor, fingerprint);
  const descending = sort?.descending ?? false;
  const column = sort === undefined ? null : columnOf(sortable(view, sort.field));
  const rows: Row[] = [];
  for (const part of partsOf(column, descending)) {
    if (start !== null && part.order < start.order) continue;
    if (rows.length > limit) break;
    const after = start?.order === part.order ? start : null;
    const key = keySql(part, column, descending, after);
    const direction = descending ? 'DESC' : 'ASC';
    const order =
      part.kind === 'values' && column !== null ? `${column} ${direction}, id ${direction}` : `id ${direction}`;
    const wanted = [...filter.sql, ...key.sql].map((condition) => ` AND ${condition}`).join('');
    rows.push(
      ...connection.all(
        `SELECT id, at, body${column === null ? '' : `, ${column} AS k`} FROM ${table} WHERE body IS NOT NULL${wanted} ORDER BY ${order} LIMIT ?`,
        ...filter.values,
        ...key.values,
        limit + 1 - rows.length,
      ),
    );
  }
  const items = rows.slice(0, limit).map((row): Stored<D> => storedFrom<D>(row));
  const last = rows[limit - 1];
  if (rows.length <= limit || last === undefined) return { items, next: null };
  return {
    items,
    next: writeCursor(
      fingerprint,
      column === null ? null : (last['k'] ?? null),
      String(last['id']),
      column,
      descending,
    ),
  };
}

export function countLive(connection: Connection, table: string, view: ViewSpec, where: Where): number {
  const filter = filterSql(view, where, undefined);
  const wanted = filter.sql.map((condition) => ` AND ${condition}`).join('');
  return Number(
    connection.get(`SELECT count(*) AS n FROM ${table} WHERE body IS NOT NULL${wanted}`, ...filter.values)?.['n'] ?? 0,
  );
}

interface Condition {
  readonly sql: readonly string[];
  readonly values: readonly SQLInputValue[];
}

function filterSql(view: ViewSpec, where: Where, q: string | undefined): Condition {
  const sql: string[] = [];
  const values: SQLInputValue[] = [];
  for (const [name, wanted] of Object.entries(where)) {
    const field = view.fields.find((one) => one.name === name);
    if (field === undefined)
      throw malformed('READ_STORE.UNKNOWN_FIELD', `${view.view} cannot be filtered by "${name}"`);
    const column = columnOf(name);
    const given = wanted.filter((value) => value !== null);
    const either = given.length === 0 ? [] : [`${column} IN (${given.map(() => '?').join(', ')})`];
    if (given.length < wanted.length) either.push(`${column} IS NULL`);
    sql.push(either.length === 0 ? 'FALSE' : `(${either.join(' OR ')})`);
    values.push(...given.map((value) => (field.type === 'text' ? String(value) : value)));
  }
  if (q !== undefined && q !== '') {
    if (view.search === undefined) throw malformed('READ_STORE.NOT_SEARCHABLE', `${view.view} cannot be searched`);
    // Each word may stand anywhere: a first and a last name are two texts.
    for (const word of folded(q)
      .split(/\s+/)
      .filter((part) => part !== '')) {
      sql.push('instr(search, ?) > 0');
      values.push(word);
    }
  }
  return { sql, values };
}

interface Part {
  readonly kind: 'values' | 'missing' | 'all';
  readonly order: number;
}

function partsOf(column: string | null, descending: boolean): readonly Part[] {
  if (column === null) return [{ kind: 'all', order: 0 }];
  const kinds = descending ? (['values', 'missing'] as const) : (['missing', 'values'] as const);
  return kinds.map((kind, order) => ({ kind, order }));
}

function keySql(part: Part, column: string | null, descending: boolean, after: Cursor | null): Condition {
  const beyond = descending ? '<' : '>';
  if (part.kind === 'values' && column !== null) {
    return after === null
      ? { sql: [`${column} IS NOT NULL`], values: [] }
      : { sql: [`(${column}, id) ${beyond} (?, ?)`], values: [after.value, after.id] };
  }
  const missing = part.kind === 'missing' && column !== null ? [`${column} IS NULL`] : [];
  return after === null ? { sql: missing, values: [] } : { sql: [...missing, `id ${beyond} ?`], values: [after.id] };
}

function sortable(view: ViewSpec, name: string): string {
  const field = view.fields.find((one) => one.name === name);
  if (field?.sortable !== true)
    throw malformed('READ_STORE.UNKNOWN_FIELD', `${view.view} cannot be sorted by "${name}"`);
  return name;
}

interface Cursor {
  readonly order: number;
  readonly value: string | number | null;
  readonly id: string;
}

/** Two questions share a cursor only if they ask the same in the same order; how many at once is free. */
function fingerprintOf(view: ViewSpec, { where, q, sort }: FindOptions): string {
  const filters = Object.entries(where ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([view.view, filters, q ?? '', sort ?? null]))
    .digest('base64url')
    .slice(0, 12);
}

function writeCursor(
  fingerprint: string,
  value: Row[string],
  id: string,
  column: string | null,
  descending: boolean,
): string {
  const part = partsOf(column, descending).find(
    ({ kind }) => kind === 'all' || kind === (value === null ? 'missing' : 'values'),
  );
  return Buffer.from(JSON.stringify([fingerprint, part?.order ?? 0, value, id])).toString('base64url');
}

function readCursor(cursor: string, fingerprint: string): Cursor {
  const parts = parsed(cursor);
  if (Array.isArray(parts) && parts[0] === fingerprint) {
    const [, order, value, id] = parts as unknown[]; // checked member by member below
    const isKey = value === null || typeof value === 'string' || typeof value === 'number';
    if (typeof order === 'number' && typeof id === 'string' && isKey) return { order, value, id };
  }
  throw malformed('READ_STORE.BAD_CURSOR', 'this cursor belongs to another question');
}

function parsed(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown; // looked at by the caller
  } catch {
    return null;
  }
}
