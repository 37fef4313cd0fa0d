import { DomainError } from '#kernel/errors.js';

/** The code of a refusal; throws where there is none. */
export function refusalOf(attempt: () => unknown): string {
  try {
    attempt();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  throw new Error('it was not refused');
}
