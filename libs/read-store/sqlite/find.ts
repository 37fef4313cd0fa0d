import type { SQLInputValue } from 'node:sqlite';
import { conditionsOf, questionOf, type Condition, type Key, type Part, type Question } from '../question.js';
import type { FindOptions, Found, Stored, ViewSpec, Where } from '../read-store.js';
import type { Connection, Row } from './connection.js';
import { storedFrom } from './document-row.js';
import { named } from '../names.js';
import { columnOf } from './schema.js';

/** A page of live documents. */
export function findPage<D>(connection: Connection, table: string, view: ViewSpec, options: FindOptions): Found<D> {
  const question = questionOf(view, options);
  const { limit } = question;
  const filter = filterSql(view, question.conditions, question.words, question.ids);
  const column = question.sort === null ? null : columnOf(question.sort.name);
  const direction = question.descending ? 'DESC' : 'ASC';
  const rows: Row[] = [];
  for (const [index, part] of question.parts.entries()) {
    if (rows.length > limit) break;
    const key = keySql(part, column, question, index === 0 ? question.after : null);
    const order = part === 'values' && column !== null ? `${column} ${direction}, id ${direction}` : `id ${direction}`;
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
  // a declared field's column is a text or a real number
  const value = column === null ? null : (last['k'] as Key['value']);
  return { items, next: question.cursorAt({ value, id: String(last['id']) }) };
}

export function countLive(connection: Connection, table: string, view: ViewSpec, where: Where): number {
  const filter = filterSql(view, conditionsOf(view, where), [], null);
  const wanted = filter.sql.map((condition) => ` AND ${condition}`).join('');
  return Number(
    connection.get(`SELECT count(*) AS n FROM ${table} WHERE body IS NOT NULL${wanted}`, ...filter.values)?.['n'] ?? 0,
  );
}

interface Sql {
  readonly sql: readonly string[];
  readonly values: readonly SQLInputValue[];
}

function filterSql(
  view: ViewSpec,
  conditions: readonly Condition[],
  words: readonly string[],
  ids: readonly string[] | null,
): Sql {
  const sql = conditions.map(({ field, attribute, values, orMissing }) => {
    const column = attribute === undefined ? columnOf(field.name) : attributeSql(view, attribute);
    const either = values.length === 0 ? [] : [`${column} IN (${values.map(() => '?').join(', ')})`];
    if (orMissing) either.push(`${column} IS NULL`);
    return either.length === 0 ? 'FALSE' : `(${either.join(' OR ')})`;
  });
  const among = ids === null ? [] : ['id IN (SELECT value FROM json_each(?))'];
  return {
    sql: [...sql, ...words.map(() => 'instr(search, ?) > 0'), ...among],
    values: [...conditions.flatMap(({ values }) => values), ...words, ...(ids === null ? [] : [JSON.stringify(ids)])],
  };
}

/** Attributes have no column; their names are letters, digits and "_". */
const attributeSql = ({ attributes }: ViewSpec, attribute: string): string =>
  `json_extract(body, '$.${named(attributes?.member ?? '')}.${attribute}')`;

function keySql(part: Part, column: string | null, { descending }: Question, after: Key | null): Sql {
  const beyond = descending ? '<' : '>';
  if (part === 'values' && column !== null) {
    return after === null
      ? { sql: [`${column} IS NOT NULL`], values: [] }
      : { sql: [`(${column}, id) ${beyond} (?, ?)`], values: [after.value, after.id] };
  }
  const missing = part === 'missing' && column !== null ? [`${column} IS NULL`] : [];
  return after === null ? { sql: missing, values: [] } : { sql: [...missing, `id ${beyond} ?`], values: [after.id] };
}
