import { Presets, SingleBar } from 'cli-progress';

export interface ProgressBar {
  update(done: number, of: number): void;
  stop(): void;
}

/** A bar with rate and time left on standard error; silent where that is no terminal. */
export function progressBar(label: string, { unit }: { readonly unit: string }): ProgressBar {
  if (!process.stderr.isTTY) return { update: () => undefined, stop: () => undefined };
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage} % | {value}/{total} ${unit} | {rate}/s | {left} left`,
      stream: process.stderr,
      hideCursor: true,
      etaBuffer: 50,
    },
    Presets.shades_classic,
  );
  const began = performance.now();
  let first: number | null = null;
  let started = false;
  return {
    update(done, of) {
      first ??= done;
      const seconds = (performance.now() - began) / 1000;
      const rate = seconds > 0 ? (done - first) / seconds : 0;
      const payload = { rate: Math.round(rate), left: rate > 0 ? timeText((of - done) / rate) : '-' };
      if (!started) bar.start(of, done, payload);
      else {
        bar.setTotal(of);
        bar.update(done, payload);
      }
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function timeText(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  return whole < 3600
    ? `${Math.floor(whole / 60)} min ${whole % 60} s`
    : `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
