import { DomainError } from '#kernel/errors.js';

/** `work`, or `PUBLISHING.UNAVAILABLE` after so long; what it does after that is nobody's business any more. */
export async function within<T>(limitMs: number, doing: string, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new DomainError('unavailable', 'PUBLISHING.UNAVAILABLE', `${doing} took more than ${limitMs} ms`)),
      limitMs,
    );
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
