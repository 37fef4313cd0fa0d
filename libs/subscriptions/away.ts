import { DomainError } from '#kernel/errors.js';

const LONGEST_AWAY_MS = 60_000;

/**
 * For whoever watches lanes at work. They wait out a read store that is away, so their watcher must not give up before they do: it
 * gets null while the store cannot be asked, and the store's own error when that has lasted for a minute.
 * `clock`: milliseconds.
 */
export function toleratingAbsence(clock: () => number = () => performance.now()) {
  let awaySince: number | null = null;
  return async function ask<Answer>(question: () => Promise<Answer>): Promise<Answer | null> {
    try {
      const answer = await question();
      awaySince = null;
      return answer;
    } catch (error) {
      const now = clock();
      awaySince ??= now;
      if (!isAway(error) || now > awaySince + LONGEST_AWAY_MS) throw error;
      return null;
    }
  };
}

const isAway = (error: unknown): boolean => error instanceof DomainError && error.code === 'READ_STORE.UNAVAILABLE';
