/** Lets one loop sleep until a deadline or until somebody rings. Racing promises instead would leave a handler behind at every turn. */
export interface Bell {
  ring(): void;
  /** Resolves after `ms`, or at once when it rang since the last wait. Always lets timers and messages have their turn first. */
  wait(ms: number): Promise<void>;
}

export function bell(): Bell {
  let rang = false;
  let wake: (() => void) | null = null;
  return {
    ring() {
      rang = true;
      wake?.();
    },
    wait: (ms) =>
      new Promise((resolve) => {
        setImmediate(() => {
          if (rang || ms <= 0) {
            rang = false;
            resolve();
            return;
          }
          const timer = setTimeout(done, ms);
          wake = done;
          function done(): void {
            clearTimeout(timer);
            wake = null;
            rang = false;
            resolve();
          }
        });
      }),
  };
}
