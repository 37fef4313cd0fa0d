import type { Reader } from './reader.js';

/** How often an idle subscription looks whether another connection (a worker, another process) has committed. */
const POLL_MS = 10;

/** Wakes subscriptions that have read everything: at once for our own commits, by polling for those of others. */
export interface CommitSignal {
  /** Resolves when there are positions beyond `after`, or when the signal aborts, or the store closes. */
  beyond(after: number, signal: AbortSignal): Promise<void>;
  committed(): void;
  close(): void;
}

export function newCommitSignal(reader: Reader): CommitSignal {
  const sleepers = new Set<{ readonly after: number; readonly wake: () => void }>();
  let timer: NodeJS.Timeout | null = null;
  let seen = -1;

  function wakeAll(head: number): void {
    for (const sleeper of [...sleepers]) if (sleeper.after < head) sleeper.wake();
  }

  function poll(): void {
    const version = reader.version();
    if (version === seen) return;
    seen = version;
    wakeAll(reader.head());
  }

  function stopIdlePolling(): void {
    if (sleepers.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  }

  return {
    beyond(after, signal) {
      return new Promise((resolve) => {
        const sleeper = { after, wake };
        function wake(): void {
          sleepers.delete(sleeper);
          signal.removeEventListener('abort', wake);
          stopIdlePolling();
          resolve();
        }
        if (signal.aborted || reader.head() > after) {
          resolve();
          return;
        }
        sleepers.add(sleeper);
        signal.addEventListener('abort', wake);
        timer ??= setInterval(poll, POLL_MS);
      });
    },
    committed() {
      if (sleepers.size > 0) wakeAll(reader.head());
    },
    close() {
      wakeAll(Infinity);
    },
  };
}
