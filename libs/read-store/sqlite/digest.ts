import { setImmediate as breathe } from 'node:timers/promises';
import { documentDigest, type Digest } from '../document-digest.js';
import type { Connection } from './connection.js';
import { bodyFrom } from './document-row.js';

const CHUNK = 2_000;

export async function digestOf(reader: Connection, table: string): Promise<Digest> {
  const digest = documentDigest();
  let after = '';
  for (;;) {
    const rows = reader.all(
      `SELECT id, body FROM ${table} WHERE id > ? AND body IS NOT NULL ORDER BY id LIMIT ${CHUNK}`,
      after,
    );
    for (const row of rows) {
      after = String(row['id']);
      digest.add(after, bodyFrom(row['body'] ?? null));
    }
    if (rows.length < CHUNK) return digest.sum();
    await breathe();
  }
}
