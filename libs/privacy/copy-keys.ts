import type { Adoption } from './adoption.js';
import type { KeyStore } from './key-store.js';

/**
 * Gives every key of one store to another, which then opens the ciphertexts that name them. First all are tried, so that a refusal
 * (`PRIVACY.OTHER_KEY`) leaves nothing behind. What was interrupted is finished by doing it again. `progress` is told how many are done.
 */
export async function copyKeys(
  from: KeyStore,
  to: KeyStore,
  progress: (done: number, of: number) => void = () => undefined,
): Promise<Adoption> {
  let total = 0;
  for await (const page of from.held()) {
    await to.adopt(page, { tryOnly: true });
    total += page.length;
  }
  // Even a store that holds nothing any more has ids which must not be drawn again.
  let sum = await to.adopt([]);
  let done = 0;
  for await (const page of from.held()) {
    const { adopted, known, destroyed } = await to.adopt(page);
    sum = { adopted: sum.adopted + adopted, known: sum.known + known, destroyed: sum.destroyed + destroyed };
    done += page.length;
    progress(done, Math.max(done, total));
  }
  return sum;
}
