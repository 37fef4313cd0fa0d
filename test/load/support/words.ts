import type { Row } from '../benchmark.js';
import type { Comparison } from './compare.js';

/** A row that compares rates; `unit` is what is done a second. */
export function comparedRow(work: string, unit: string, compared: Comparison, goal: number): Row {
  const { subject, baseline, median, least, most } = compared;
  return {
    work,
    subject: rateText(subject, unit),
    baseline: rateText(baseline, unit),
    ratio: { median, least, most },
    goal: goal >= 3 ? `>= ${goal}x` : `>= ${goal}`,
    met: median >= goal,
  };
}

export const rateText = (rate: number, unit: string): string => `${numberText(rate)} ${unit}/s`;

/** Three digits that count. */
export function numberText(number: number): string {
  if (number >= 1_000_000) return `${(number / 1_000_000).toPrecision(3)} M`;
  if (number >= 1_000) return `${(number / 1_000).toPrecision(3)} k`;
  return number.toPrecision(3);
}

export const milliseconds = (ms: number): string => `${ms < 10 ? ms.toFixed(1) : Math.round(ms).toString()} ms`;
