import type { Position } from '#kernel/position.js';

export interface CachedDocument {
  readonly id: string;
  document: unknown;
  /** Position that the document has reached; null: there never was one. */
  at: Position | null;
  /** Position that it has in the store. */
  read: Position | null;
  dirty: boolean;
}

/** Parsed documents of one view, the most recently used ones and all that are not written yet. */
export interface DocumentCache {
  get(id: string): CachedDocument | undefined;
  put(cached: CachedDocument): void;
  change(cached: CachedDocument, document: unknown, at: Position): void;
  readonly dirty: number;
  /** The changed ones, which from now on count as written. */
  takeDirty<W>(write: (cached: CachedDocument) => W): W[];
  /** Forgets what was not used for long. Only now, so that what `prepare` has loaded stays for its page. */
  makeRoom(): void;
}

/**
 * Least recently used, roughly: two halves, the younger fills up by use, then takes the place of the older one. An exact order would
 * cost a move in a list at every event.
 */
export function documentCache(size: number): DocumentCache {
  const half = Math.max(1, Math.ceil(size / 2));
  let young = new Map<string, CachedDocument>();
  let old = new Map<string, CachedDocument>();
  let changed: CachedDocument[] = [];

  return {
    get(id) {
      let cached = young.get(id);
      if (cached === undefined) {
        cached = old.get(id);
        if (cached !== undefined) young.set(id, cached);
      }
      return cached;
    },

    put: (cached) => void young.set(cached.id, cached),

    change(cached, document, at) {
      cached.document = document;
      cached.at = at;
      if (cached.dirty) return;
      cached.dirty = true;
      changed.push(cached);
    },

    get dirty() {
      return changed.length;
    },

    takeDirty(write) {
      const writes = changed.map((cached) => {
        const result = write(cached);
        cached.read = cached.at;
        cached.dirty = false;
        return result;
      });
      changed = [];
      return writes;
    },

    makeRoom() {
      if (young.size < half + changed.length) return;
      old = young;
      young = new Map();
      for (const cached of changed) young.set(cached.id, cached);
    },
  };
}
