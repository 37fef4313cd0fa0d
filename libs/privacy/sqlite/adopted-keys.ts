import type { DatabaseSync } from 'node:sqlite';
import { otherKey, sortOut, type Adoption, type Held } from '../adoption.js';
import { keyNumber } from '../key-number.js';
import type { SubjectKey } from '../key-store.js';

/**
 * Files number their keys from the start of an era. One that takes numbered keys over goes on in the next era: no number that the other
 * file has drawn or destroyed, or draws yet, comes up again. Far more than anybody draws; there are two million of them.
 */
const ERA = 2 ** 32;
const PAGE = 2_048;
const REMEMBERED = 32_768;

/** Keys of other stores, under the ids that those gave them; and the ids of what was destroyed, so that it does not come back. */
export function adoptedKeys(db: DatabaseSync) {
  const one = db.prepare('SELECT key FROM adopted WHERE id = ?');
  const put = db.prepare('INSERT OR REPLACE INTO adopted (id, key) VALUES (?, ?)');
  const own = db.prepare('SELECT key FROM keys WHERE id = ?');
  const ownIn = db.prepare('SELECT 1 FROM keys WHERE id > ? AND id < ? LIMIT 1');
  const lastDrawn = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'keys'");
  const ownPage = db.prepare('SELECT id, key FROM keys WHERE id > ? ORDER BY id LIMIT ?');
  const adoptedPage = db.prepare('SELECT id, key FROM adopted WHERE id > ? AND key IS NOT NULL ORDER BY id LIMIT ?');
  const memory = new Map<string, Uint8Array>();

  const sequence = (): number => Number(lastDrawn.get()?.['seq'] ?? 0);

  /** Whether this file has drawn keys of its own in the era of a number. */
  function drewIn(era: number): boolean {
    const last = sequence();
    if (eraOf(last) === era && last > era * ERA) return true;
    return ownIn.get(era * ERA, (era + 1) * ERA) !== undefined;
  }

  function heldAs(id: string): Held {
    const row = one.get(id);
    // node:sqlite gives a blob as bytes.
    if (row !== undefined) return (row['key'] as Uint8Array | null) ?? 'destroyed';
    const number = keyNumber(id);
    if (number === null) return 'nothing';
    const drawn = own.get(number)?.['key'] as Uint8Array | undefined; // likewise
    if (drawn !== undefined) return drawn;
    // A number among those that are given here means another key, if not now then in what was destroyed or is drawn next.
    if (drewIn(eraOf(number))) throw otherKey(id);
    return 'nothing';
  }

  const lackingOf = (keys: readonly SubjectKey[]) => sortOut(keys, heldAs);

  function drawBeyond(era: number): void {
    if (eraOf(sequence()) > era) return;
    db.exec("DELETE FROM sqlite_sequence WHERE name = 'keys'");
    db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('keys', ?)").run((era + 1) * ERA);
  }

  return {
    lackingOf,
    remembered: (id: string): Uint8Array | null => memory.get(id) ?? null,

    key(id: string): Uint8Array | null {
      const key = one.get(id)?.['key'] as Uint8Array | null | undefined; // likewise
      if (key === undefined || key === null) return null;
      if (memory.size >= REMEMBERED) memory.clear();
      memory.set(id, key);
      return key;
    },

    /** Within a transaction. */
    adopt(keys: readonly SubjectKey[]): Adoption {
      const { lacking, adoption } = lackingOf(keys);
      for (const { id, key } of lacking) put.run(id, key);
      const numbers = lacking.map(({ id }) => keyNumber(id)).filter((number) => number !== null);
      if (numbers.length > 0) drawBeyond(eraOf(numbers.reduce((most, number) => Math.max(most, number))));
      else if (sequence() === 0) drawBeyond(0);
      return adoption;
    },

    /** Within a transaction. What is no key's id leaves nothing behind. */
    destroy(id: string): void {
      if (keyNumber(id) !== null || /^[\w-]+\.\d{1,4}$/.test(id)) put.run(id, null);
    },

    forget: () => memory.clear(),

    *held(): Generator<readonly SubjectKey[]> {
      for (const [page, start] of [
        [ownPage, 0],
        [adoptedPage, ''],
      ] as const) {
        let after: number | string = start;
        for (;;) {
          const rows = page.all(after, PAGE);
          const last = rows.at(-1)?.['id'];
          if (last === undefined) break;
          yield rows.map((row) => ({ id: String(row['id']), key: row['key'] as Uint8Array })); // likewise
          after = last as number | string; // as its column is
        }
      }
    },
  };
}

/** Of `n * ERA` it is n, but the first number drawn in it is one more. */
const eraOf = (number: number): number => Math.floor(number / ERA);
