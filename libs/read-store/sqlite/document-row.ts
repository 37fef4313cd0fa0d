import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Json } from '#kernel/json.js';
import { positionOf } from '#kernel/position.js';
import { indexedValues } from '../indexed-values.js';
import type { Stored, ViewSpec, Write } from '../read-store.js';
import type { Row } from './connection.js';
import { columnOf } from './schema.js';

/** How one view's documents become rows of `table`. */
export interface RowShape {
  /**
   * Inserts or replaces. Leaves a row alone that has gone beyond the write's position, or that has moved since the write was computed
   * (another position than `read`, which is the last parameter, and not this very write).
   */
  readonly upsert: string;
  values(write: Write): SQLInputValue[];
}

export function rowShape(table: string, view: ViewSpec): RowShape {
  const columns = view.fields.map((field) => columnOf(field.name));
  if (view.search !== undefined) columns.push('search');
  columns.push('body');
  const all = ['id', 'at', ...columns];
  const upsert = `INSERT INTO ${table} AS d (${all.join(', ')}) VALUES (${all.map((_, i) => `?${i + 1}`).join(', ')})
    ON CONFLICT (id) DO UPDATE SET ${['at', ...columns].map((name) => `${name} = excluded.${name}`).join(', ')}
    WHERE d.at = excluded.at OR (d.at < excluded.at AND (?${all.length + 1} IS NULL OR d.at = ?${all.length + 1}))`;
  const { fieldsOf, searchedOf } = indexedValues(view);
  return {
    upsert,
    values(write) {
      const { document } = write;
      const values: SQLInputValue[] = [write.id, write.at];
      values.push(...fieldsOf(document));
      if (view.search !== undefined) values.push(searchedOf(document));
      values.push(
        document === null ? null : document instanceof Uint8Array ? document : JSON.stringify(document),
        write.read,
      );
      return values;
    },
  };
}

/** A row with `id`, `at` and `body`; D is what was written there, which the caller vouches for. */
export const storedFrom = <D>(row: Row): Stored<D> => ({
  id: String(row['id']),
  at: positionOf(row['at'] as bigint), // an INTEGER column read as bigint
  document: bodyFrom(row['body'] ?? null) as D, // see above
});

export const bodyFrom = (body: SQLOutputValue): Json | Uint8Array =>
  // JSON.parse gives Json by definition
  typeof body === 'string' ? (JSON.parse(body) as Json) : body instanceof Uint8Array ? body : null;
