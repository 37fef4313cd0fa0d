import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { Json } from '#kernel/json.js';
import { positionOf } from '#kernel/position.js';
import type { FieldSpec, Stored, ViewSpec, Write } from '../read-store.js';
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
  const readers = view.fields.map(fieldReader);
  const texts = view.search?.map(valueReader);
  return {
    upsert,
    values(write) {
      const { document } = write;
      const values: SQLInputValue[] = [write.id, write.at];
      // A binary document has no JSON fields to look into.
      const source: unknown = document instanceof Uint8Array ? null : document;
      for (const read of readers) values.push(read(source));
      if (texts !== undefined) values.push(searchText(source, texts));
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

/** The form in which texts are looked through: without regard to case and to how accents are composed. */
export const folded = (text: string): string => text.normalize('NFC').toLowerCase();

type Reader = (document: unknown) => unknown;

function valueReader(path: string): Reader {
  const steps = path.split('.');
  const [only] = steps;
  if (steps.length === 1 && only !== undefined) return (document) => member(document, only);
  return (document) => steps.reduce(member, document);
}

const member = (value: unknown, name: string): unknown =>
  // an object may be looked into by any name
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

function fieldReader(field: FieldSpec): (document: unknown) => string | number | null {
  const read = valueReader(field.path ?? field.name);
  if (field.type === 'number') {
    return (document) => {
      const value = read(document);
      return typeof value === 'number' ? value : typeof value === 'boolean' ? Number(value) : null;
    };
  }
  return (document) => {
    const value = read(document);
    return typeof value === 'string'
      ? value
      : typeof value === 'number' || typeof value === 'boolean'
        ? String(value)
        : null;
  };
}

function searchText(document: unknown, readers: readonly Reader[]): string | null {
  let text = '';
  for (const read of readers) {
    const value = read(document);
    if (typeof value === 'string') text += `${value}\n`;
    else if (Array.isArray(value)) for (const item of value) if (typeof item === 'string') text += `${item}\n`;
  }
  return text === '' ? null : folded(text);
}
