import { createHash } from 'node:crypto';
import { malformed } from '#kernel/errors.js';
import { folded } from './indexed-values.js';
import type { FieldSpec, FindOptions, ViewSpec, Where } from './read-store.js';

/** One of these values, or (`orMissing`) none. */
export interface Condition {
  readonly field: FieldSpec;
  /** Set where this is no declared field but the attribute of this name. */
  readonly attribute?: string;
  readonly values: readonly (string | number)[];
  readonly orMissing: boolean;
}

/** Where a page ended: the sort field's value (null: missing, or sorted by id alone) and the id. */
export interface Key {
  readonly value: string | number | null;
  readonly id: string;
}

/** Values and missing values are read one after the other, so that each is one walk along an index. `all`: sorted by id alone. */
export type Part = 'values' | 'missing' | 'all';

/** A question checked against what its view declares, in no store's language. Order: by the sort field, then id, both in one direction, "no value" below every value. */
export interface Question {
  readonly conditions: readonly Condition[];
  /** Each must stand somewhere in the searched text, folded. */
  readonly words: readonly string[];
  readonly sort: FieldSpec | null;
  readonly descending: boolean;
  /** Still to be read, in this order; `after` applies to the first of them. */
  readonly parts: readonly Part[];
  readonly after: Key | null;
  readonly limit: number;
  /** null: all. */
  readonly ids: readonly string[] | null;
  /** The cursor of a page that ends at `key`. */
  cursorAt(key: Key): string;
}

/** Throws `READ_STORE.UNKNOWN_FIELD`, `READ_STORE.NOT_SEARCHABLE` and `READ_STORE.BAD_CURSOR` (malformed). */
export function questionOf(view: ViewSpec, options: FindOptions): Question {
  const fingerprint = fingerprintOf(view, options);
  const conditions = conditionsOf(view, options.where ?? {});
  const words = wordsOf(view, options.q ?? '');
  const after = options.cursor === undefined ? null : readCursor(options.cursor, fingerprint);
  const sort = options.sort === undefined ? null : sortable(view, options.sort.field);
  const descending = options.sort?.descending ?? false;
  const parts: readonly Part[] = sort === null ? ['all'] : descending ? ['values', 'missing'] : ['missing', 'values'];
  const first = after === null || sort === null ? 0 : parts.indexOf(after.value === null ? 'missing' : 'values');
  return {
    conditions,
    words,
    sort,
    descending,
    parts: parts.slice(first),
    after,
    limit: options.limit,
    ids: options.ids ?? null,
    cursorAt: ({ value, id }) => Buffer.from(JSON.stringify([fingerprint, value, id])).toString('base64url'),
  };
}

export function conditionsOf(view: ViewSpec, where: Where): Condition[] {
  return Object.entries(where).map(([name, wanted]) => {
    const attribute = attributeOf(view, name);
    const field: FieldSpec | undefined =
      attribute === undefined ? view.fields.find((one) => one.name === name) : { name, type: 'text' };
    if (field === undefined)
      throw malformed('READ_STORE.UNKNOWN_FIELD', `${view.view} cannot be filtered by "${name}"`);
    const given = wanted.filter((value) => value !== null);
    return {
      field,
      ...(attribute === undefined ? {} : { attribute }),
      values: field.type === 'text' ? given.map(String) : given.map(numberOf),
      orMissing: given.length < wanted.length,
    };
  });
}

/** What stands behind the prefix; undefined where it is none, or no name that an attribute may have. */
export function attributeOf({ attributes }: ViewSpec, name: string): string | undefined {
  if (attributes === undefined || !name.startsWith(attributes.prefix)) return undefined;
  const attribute = name.slice(attributes.prefix.length);
  return ATTRIBUTE.test(attribute) ? attribute : undefined;
}
const ATTRIBUTE = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;

/** NaN equals nothing. */
const numberOf = (value: string | number): number =>
  typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);

/** Each word may stand anywhere: a first and a last name are two texts. */
function wordsOf(view: ViewSpec, q: string): string[] {
  if (q === '') return [];
  if (view.search === undefined) throw malformed('READ_STORE.NOT_SEARCHABLE', `${view.view} cannot be searched`);
  return folded(q)
    .split(/\s+/)
    .filter((word) => word !== '');
}

function sortable(view: ViewSpec, name: string): FieldSpec {
  const field = view.fields.find((one) => one.name === name);
  if (field?.sortable !== true)
    throw malformed('READ_STORE.UNKNOWN_FIELD', `${view.view} cannot be sorted by "${name}"`);
  return field;
}

/** Two questions share a cursor only if they ask the same in the same order; how many at once is free. */
function fingerprintOf(view: ViewSpec, { ids, where, q, sort }: FindOptions): string {
  const filters = Object.entries(where ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify([view.view, filters, q ?? '', sort ?? null, ...(ids === undefined ? [] : [ids])]))
    .digest('base64url')
    .slice(0, 12);
}

function readCursor(cursor: string, fingerprint: string): Key {
  const parts = parsed(cursor);
  if (Array.isArray(parts) && parts[0] === fingerprint) {
    const [, value, id] = parts as unknown[]; // checked member by member below
    const isValue = value === null || typeof value === 'string' || typeof value === 'number';
    if (typeof id === 'string' && isValue) return { value, id };
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
