import { DomainError, refused } from '#kernel/errors.js';
import type { SubjectKey } from './key-store.js';

/** What became of keys that a store was to take over, as counts. */
export interface Adoption {
  readonly adopted: number;
  /** It held the same already. */
  readonly known: number;
  /** It has destroyed them, and does not take them again. */
  readonly destroyed: number;
}

/** What a store holds under an id. */
export type Held = Uint8Array | 'nothing' | 'destroyed';

/**
 * Those of the keys that the store lacks, and what becomes of all of them. Throws `PRIVACY.OTHER_KEY` (refused) where it holds another key
 * under one of their ids: a ciphertext could not say which it means. No message ever shows a key.
 */
export function sortOut(
  keys: readonly SubjectKey[],
  heldAs: (id: string) => Held,
): { readonly lacking: readonly SubjectKey[]; readonly adoption: Adoption } {
  const lacking: SubjectKey[] = [];
  let [known, destroyed] = [0, 0];
  for (const one of keys) {
    if (one.key.length !== KEY_BYTES)
      throw new DomainError('malformed', 'PRIVACY.BAD_KEY', `what is kept under the id ${one.id} is no key`);
    const held = heldAs(one.id);
    if (held === 'nothing') lacking.push(one);
    else if (held === 'destroyed') destroyed += 1;
    else if (Buffer.compare(held, one.key) === 0) known += 1;
    else throw otherKey(one.id);
  }
  return { lacking, adoption: { adopted: lacking.length, known, destroyed } };
}

export const otherKey = (id: string): DomainError =>
  refused('PRIVACY.OTHER_KEY', `there is another key under the id ${id} already; take a store without keys of its own`);

const KEY_BYTES = 32;
