/** What a command's end means to a script. */
export const EXIT = {
  done: 0,
  failed: 1,
  wrongUsage: 2,
  /** Done, but some rows were rejected. */
  rejected: 3,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** The command was asked in a way that makes no sense; one line says how to ask. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
