/** Does its work once and tells how much of it was done a second. */
export type Rate = () => Promise<number> | number;

export interface Comparison {
  /** Of the ratios subject / baseline, one a pair of runs. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
  /** Medians of the rates. */
  readonly subject: number;
  readonly baseline: number;
}

/**
 * Runs both again and again, by turns and each time the other first, so that whatever else the machine does meets both alike; the
 * first pair only warms up.
 */
export async function compare(
  subject: Rate,
  baseline: Rate,
  options: { readonly runs: number; readonly warmUps?: number },
): Promise<Comparison> {
  const { runs, warmUps = 1 } = options;
  const subjects: number[] = [];
  const baselines: number[] = [];
  for (let run = -warmUps; run < runs; run++) {
    const isSubjectFirst = run % 2 === 0;
    const first = await (isSubjectFirst ? subject : baseline)();
    const second = await (isSubjectFirst ? baseline : subject)();
    if (run < 0) continue;
    subjects.push(isSubjectFirst ? first : second);
    baselines.push(isSubjectFirst ? second : first);
  }
  const ratios = subjects.map((rate, index) => rate / (baselines[index] ?? Number.NaN));
  return {
    median: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    subject: median(subjects),
    baseline: median(baselines),
  };
}

/** `work` does `count` things; gives things a second. */
export async function rateOf(count: number, work: () => Promise<unknown> | undefined): Promise<number> {
  const began = performance.now();
  await work();
  return (count / (performance.now() - began)) * 1_000;
}

/** The same by the processor time of this process, all threads of it: what else the machine does matters little then. */
export async function rateOfProcessor(count: number, work: () => Promise<unknown> | undefined): Promise<number> {
  const began = process.cpuUsage();
  await work();
  return count / processorSeconds(began);
}

export function processorSeconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1_000_000;
}

export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** By nearest rank; NaN for no numbers. */
export function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
