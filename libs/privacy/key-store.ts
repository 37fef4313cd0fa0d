/** One of a subject's keys; ciphertexts name it by `id`. */
export interface SubjectKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/**
 * Keys of the people (and streams) whose data is encrypted, apart from the ledger and its backups. Answers at once: payloads are
 * decrypted where they are looked at. A key belongs to one subject for ever; a subject may come to have several, and every one of
 * them is named by the ciphertexts in its streams.
 */
export interface KeyStore {
  /** A key of the subject's own for what is written about it from now on; it is durable before it is given out. */
  keyFor(subject: string): SubjectKey;
  /** null: there is no such key (any more). */
  key(id: string): Uint8Array | null;
  /** Destroys keys for ever, e.g. all that the ciphertexts about a person name. */
  destroy(ids: readonly string[]): void;
  close(): void;
}
