/** Counts attempts to come in without a valid key, and says how long each must wait for its refusal. */
export interface FailedAttempts {
  /** Since the start. */
  readonly total: number;
  /** Notes a failure from an address; gives the milliseconds that its answer is held back. */
  failed(address: string): number;
}

/** Within this time failures of an address count together. */
const WINDOW_MS = 60_000;
/** As many typing errors cost nothing. */
const FREE = 3;
const FIRST_MS = 100;
const LONGEST_MS = 5_000;
/** Addresses held at once; the oldest is forgotten beyond. */
const ADDRESSES = 10_000;

/**
 * The wait doubles with each failure of the last minute, up to five seconds. Valid keys never wait, so that nobody can lock out a colleague
 * behind the same address. `clock` in ms.
 */
export function failedAttempts(clock: () => number = Date.now): FailedAttempts {
  const recent = new Map<string, { since: number; count: number }>();
  let total = 0;
  return {
    get total() {
      return total;
    },
    failed(address) {
      total += 1;
      const now = clock();
      const known = recent.get(address);
      const entry = known === undefined || now - known.since > WINDOW_MS ? { since: now, count: 0 } : known;
      entry.count += 1;
      entry.since = now;
      recent.delete(address);
      recent.set(address, entry);
      if (recent.size > ADDRESSES) recent.delete(recent.keys().next().value ?? '');
      return entry.count <= FREE ? 0 : Math.min(LONGEST_MS, FIRST_MS * 2 ** (entry.count - FREE - 1));
    },
  };
}
