import type { FieldSpec, ViewSpec, Write } from './read-store.js';

/** What an adapter keeps beside a view's documents, to find them by. */
export interface IndexedValues {
  /** In the order of the view's fields; null stands for "no value". */
  fieldsOf(document: Write['document']): (string | number | null)[];
  /** Texts by name, where the view has attributes. */
  attributesOf(document: Write['document']): readonly (readonly [name: string, value: string])[];
  /** All texts that `q` looks through, folded, or null. */
  searchedOf(document: Write['document']): string | null;
}

export function indexedValues(view: ViewSpec): IndexedValues {
  const readers = view.fields.map(fieldReader);
  const texts = view.search?.map(valueReader) ?? [];
  // A binary document has no JSON fields to look into.
  const source = (document: Write['document']): unknown => (document instanceof Uint8Array ? null : document);
  return {
    fieldsOf: (document) => readers.map((read) => read(source(document))),
    attributesOf(document) {
      const found = view.attributes === undefined ? null : member(source(document), view.attributes.member);
      return Object.entries(found ?? {}).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    },
    searchedOf: (document) => (texts.length === 0 ? null : searchText(source(document), texts)),
  };
}

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
