import type { DatabaseSync } from 'node:sqlite';

/** Keys are read in stretches of their ids: a replay meets them in about the order in which they were drawn. */
const STRETCH = 256;
const STRETCHES = 128;
/** How long a reader may still use a key that another handle destroyed. */
const STALE_MS = 250;

/** Reads keys by id, through a memory that notices when another handle has changed the file. */
export interface KeyReader {
  key(id: number): Uint8Array | null;
  /** Empties the memory where another handle has written since; looks at most every 250 ms. */
  notice(): void;
  forget(): void;
}

export function newKeyReader(db: DatabaseSync, changed: () => void): KeyReader {
  const between = db.prepare('SELECT id, key FROM keys WHERE id BETWEEN ? AND ?');
  const version = db.prepare('PRAGMA data_version');
  const versionNow = (): unknown => version.get()?.['data_version'];
  const stretches = new Map<number, Map<number, Uint8Array>>();
  let seen = versionNow();
  let looked = performance.now();

  function read(from: number, to: number): Map<number, Uint8Array> {
    // node:sqlite gives a blob as bytes.
    return new Map(between.all(from, to).map((row) => [Number(row['id']), row['key'] as Uint8Array]));
  }

  return {
    key(id) {
      if (!Number.isSafeInteger(id)) return null;
      const number = Math.floor(id / STRETCH);
      let stretch = stretches.get(number);
      if (stretch === undefined) {
        stretch = read(number * STRETCH, (number + 1) * STRETCH - 1);
        if (stretches.size >= STRETCHES) stretches.clear();
        stretches.set(number, stretch);
      }
      let key = stretch.get(id);
      if (key === undefined) {
        // Drawn since the stretch was read, or destroyed.
        key = read(id, id).get(id);
        if (key === undefined) return null;
        stretch.set(id, key);
      }
      return key;
    },
    notice() {
      const now = performance.now();
      if (now - looked < STALE_MS) return;
      looked = now;
      const current = versionNow();
      if (current === seen) return;
      seen = current;
      stretches.clear();
      changed();
    },
    forget() {
      stretches.clear();
    },
  };
}
