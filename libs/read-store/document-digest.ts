import { createHash } from 'node:crypto';
import type { Json } from '#kernel/json.js';

export interface Digest {
  readonly documents: number;
  readonly sha256: string;
}

/** Digest of documents added in order of id, members in order of name: how a document was arrived at, and where it lies, leaves no trace in it. */
export function documentDigest(): { add(id: string, document: Json | Uint8Array): void; sum(): Digest } {
  const hash = createHash('sha256');
  let documents = 0;
  return {
    add(id, document) {
      hash.update(`${id}\n`);
      hash.update(document instanceof Uint8Array ? document : JSON.stringify(document, sortedMembers));
      hash.update('\n');
      documents += 1;
    },
    sum: () => ({ documents, sha256: hash.digest('hex') }),
  };
}

const sortedMembers = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
