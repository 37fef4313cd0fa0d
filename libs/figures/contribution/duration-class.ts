/**
 * Elapsed seconds in logarithmic classes: class k > 0 holds [RATIO^(k-1), RATIO^k) seconds, 0 holds 0, negatives mirror the positives. A
 * percentile read from a class is off by at most `DURATION_ERROR` of itself.
 */
const RATIO = 1.02;
export const DURATION_ERROR = 0.01;

export function durationClass(seconds: number): number {
  if (seconds === 0) return 0;
  const size = 1 + Math.floor(Math.log(Math.abs(seconds)) / Math.log(RATIO));
  return seconds < 0 ? -size : size;
}

/** The seconds that stand for a class: the middle of its bounds, where the error is the same to both sides. */
export function durationOfClass(durationClass: number): number {
  if (durationClass === 0) return 0;
  const upper = RATIO ** Math.abs(durationClass);
  return Math.sign(durationClass) * Math.round((2 * upper) / (1 + RATIO));
}
