import { createHash } from 'node:crypto';
import { setImmediate as breathe } from 'node:timers/promises';
import type { Connection } from './connection.js';
import { bodyFrom } from './document-row.js';

const CHUNK = 2_000;

/** Digest of all live documents by id, members in order of name: how a document was arrived at leaves no trace in it. */
export async function digestOf(
  reader: Connection,
  table: string,
): Promise<{ readonly documents: number; readonly sha256: string }> {
  const hash = createHash('sha256');
  let documents = 0;
  let after = '';
  for (;;) {
    const rows = reader.all(
      `SELECT id, body FROM ${table} WHERE id > ? AND body IS NOT NULL ORDER BY id LIMIT ${CHUNK}`,
      after,
    );
    for (const row of rows) {
      after = String(row['id']);
      const body = bodyFrom(row['body'] ?? null);
      hash.update(`${after}\n`);
      hash.update(body instanceof Uint8Array ? body : JSON.stringify(body, sortedMembers));
      hash.update('\n');
    }
    documents += rows.length;
    if (rows.length < CHUNK) return { documents, sha256: hash.digest('hex') };
    await breathe();
  }
}

const sortedMembers = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
