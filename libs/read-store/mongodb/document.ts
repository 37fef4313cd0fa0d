import { Binary } from 'mongodb';
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import { DomainError } from '#kernel/errors.js';
import type { Json } from '#kernel/json.js';
import { parsePosition, positionKey, START, type Position } from '#kernel/position.js';
import { indexedValues } from '../indexed-values.js';
import type { Stored, ViewSpec, Write } from '../read-store.js';

/**
 * One document of any view of a generation. A tombstone has neither `v` nor `body`. The body is the document's JSON as text, or its bytes: it
 * comes back exactly as it was, whatever its members are called.
 */
export interface MongoDocument {
  /** `<view>/<id>`; one collection holds a generation whole. */
  readonly _id: string;
  /** Of fixed width. */
  readonly at: string;
  readonly v?: string;
  /** Declared fields by name; null where there is no value. */
  readonly f?: Readonly<Record<string, string | number | null>>;
  /** Attributes, each as one text, so that one path finds any of them. */
  readonly a?: readonly string[];
  /** The folded texts that `q` looks through. */
  readonly s?: string;
  readonly body?: string | Binary;
  /** The body is the JSON, compressed. */
  readonly z?: true;
}

export const keyOf = (view: string, id: string): string => `${view}/${id}`;
export const idOf = (view: string, key: string): string => key.slice(view.length + 1);

/** A field's path; dots would descend. */
export const fieldPath = (name: string): string => `f.${fieldKey(name)}`;
const fieldKey = (name: string): string => name.replaceAll('.', ':');

/** Names of attributes hold no "=". */
export const attributeEntry = (name: string, value: string): string => `${name}=${value}`;

/** How one view's writes become documents. */
export function documentShape(view: ViewSpec): (write: Write) => MongoDocument {
  const { fieldsOf, searchedOf, attributesOf } = indexedValues(view);
  const names = view.fields.map(({ name }) => fieldKey(name));
  return ({ id, at, document }) => {
    const base = { _id: keyOf(view.view, id), at: positionKey(at) };
    if (document === null) return base;
    const values = fieldsOf(document);
    const searched = searchedOf(document);
    const attributes = attributesOf(document).map(([name, value]) => attributeEntry(name, value));
    return {
      ...base,
      v: view.view,
      ...(names.length === 0 ? {} : { f: Object.fromEntries(names.map((name, i) => [name, values[i] ?? null])) }),
      ...(attributes.length === 0 ? {} : { a: attributes }),
      ...(searched === null ? {} : { s: searched }),
      ...bodyOf(document, base._id),
    };
  };
}

/** D is what was written there, which the caller vouches for. */
export const storedFrom = <D>(view: string, stored: MongoDocument): Stored<D> => ({
  id: idOf(view, stored._id),
  at: positionFrom(stored.at) ?? START,
  document: documentFrom(stored) as D, // see above
});

export const positionFrom = (key: string | null | undefined): Position | null =>
  key == null ? null : parsePosition(key);

/** Texts longer than this are compressed: a server takes 16 MiB a document. */
const LONG = 1024 * 1024;
const LONGEST = 15 * 1024 * 1024;

type Body = Pick<MongoDocument, 'body' | 'z'>;

/** Throws `READ_STORE.TOO_LARGE` (too-large). */
function bodyOf(document: Json | Uint8Array, key: string): Body {
  if (document instanceof Uint8Array) return { body: within(key, new Binary(document)) };
  const text = JSON.stringify(document);
  return text.length <= LONG ? { body: text } : { body: within(key, new Binary(zstdCompressSync(text))), z: true };
}

function within(key: string, binary: Binary): Binary {
  if (binary.length() <= LONGEST) return binary;
  throw new DomainError('too-large', 'READ_STORE.TOO_LARGE', `"${key}" is larger than the read store can hold`);
}

/** null: a tombstone. */
export function documentFrom({ body, z }: Body): Json | Uint8Array {
  if (body === undefined) return null;
  // JSON.parse gives Json by definition
  if (typeof body === 'string') return JSON.parse(body) as Json;
  if (z === true) return JSON.parse(zstdDecompressSync(body.value()).toString()) as Json; // as above
  // A copy, so that a kept block does not keep the whole answer that it came with.
  return new Uint8Array(body.value());
}
