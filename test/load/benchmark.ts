import type { Comparison } from './support/compare.js';

/** What the harness hands to a benchmark. */
export interface Settings {
  /** Events of the generated ledger that the reading benchmarks work on. */
  readonly events: number;
  /** Ten times that, too; takes its time and some 10 GB of disk. */
  readonly large: boolean;
  /** An empty folder of its own, removed afterwards. */
  readonly folder: string;
  /** The folder of a generated ledger of about so many events; the same for all benchmarks of a run. Its read models are the caller's to remove. */
  readonly ledgerOf: (events: number) => Promise<string>;
  /** Where generated ledgers are kept, one folder each. */
  readonly ledgers: string;
  /** Runs of subject and baseline each. */
  readonly runs: number;
  readonly say: (text: string) => void;
}

/** One line of the table. */
export interface Row {
  readonly work: string;
  /** As people read it, with its unit. */
  readonly subject: string;
  readonly baseline: string;
  /** subject / baseline, where there is one to compare. */
  readonly ratio: Pick<Comparison, 'median' | 'least' | 'most'> | null;
  readonly goal: string;
  /** null: it could not be judged here; `subject` or `baseline` say why. */
  readonly met: boolean | null;
}

/** One file a benchmark; each runs in a process of its own. */
export interface Benchmark {
  readonly name: string;
  readonly about: string;
  /** Needs the generated ledger. */
  readonly reads?: boolean;
  run(settings: Settings): Promise<readonly Row[]>;
}
