import type { Adoption } from './adoption.js';

/** One of a subject's keys; ciphertexts name it by `id`. */
export interface SubjectKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** What will be asked for next. */
export interface KeysNeeded {
  readonly subjects?: readonly string[];
  readonly ids?: readonly string[];
}

/**
 * Keys of the people (and streams) whose data is encrypted, apart from the ledger and its backups. Answers at once: payloads are
 * decrypted where they are looked at. A key belongs to one subject for ever; a subject may come to have several, and every one of
 * them is named by the ciphertexts in its streams. Adapters are held by `testing/key-store.contract.ts`.
 */
export interface KeyStore {
  /**
   * Left out where the keys are at hand. Elsewhere it is awaited before `keyFor` of these subjects and `key` of these ids, which throw
   * `PRIVACY.KEYS_UNAVAILABLE` (unavailable) without it.
   */
  ready?(needed: KeysNeeded): Promise<void>;
  /** A key of the subject's own for what is written about it from now on; it is durable before it is given out. */
  keyFor(subject: string): SubjectKey;
  /** null: there is no such key (any more). */
  key(id: string): Uint8Array | null;
  /** Destroys keys for ever, e.g. all that the ciphertexts about a person name. To be repeated where it fails. */
  destroy(ids: readonly string[]): Promise<void>;
  /** Every key there is, in pages, those included that nobody has been given yet. Whose they are is known to the ciphertexts alone. */
  held(): AsyncIterable<readonly SubjectKey[]>;
  /**
   * Takes keys of another store over, durably and under their ids, to open what names them; it gives them to nobody. Ids that the other
   * store has drawn are never drawn here. All or none: throws `PRIVACY.OTHER_KEY` (refused) where another key has one of the ids.
   * What was destroyed here, adopted before or not, stays destroyed. `tryOnly` says what would happen.
   */
  adopt(keys: readonly SubjectKey[], options?: { readonly tryOnly?: boolean }): Promise<Adoption>;
  close(): Promise<void>;
}
