import { readCsv } from '../../csv/read-csv.js';
import { rowReader, type Survey } from './survey.js';
import type { Rejection, Step } from './step.js';

export interface RowBatch {
  /** Rows read so far, of all files. */
  readonly rowsDone: number;
  readonly rows: number;
  /** Rows that only name members. */
  readonly memberRows: number;
  readonly steps: readonly Step[];
  readonly rejections: readonly Rejection[];
}

/** Large enough that many leads are in flight at once, small enough to hold. */
const BATCH = 8192;

/** Second reading, in order of dependency: the steps of some thousand rows at a time. Leads made of several rows come before the file they are in. */
export async function* rowBatches(survey: Survey): AsyncGenerator<RowBatch> {
  let rowsDone = 0;
  const once = [...survey.onceLeads.values()];
  for (let from = 0; from < once.length; from += BATCH)
    yield { rowsDone, rows: 0, memberRows: 0, steps: once.slice(from, from + BATCH), rejections: [] };
  for (const source of survey.files) {
    const { header, pages } = await readCsv(source.path, source.mapping);
    const read = rowReader({ header, source, rules: survey.rules, lookups: survey.lookups }, 'import');
    let [rows, memberRows] = [0, 0];
    let steps: Step[] = [];
    let rejections: Rejection[] = [];
    for await (const page of pages) {
      rows += page.length;
      rowsDone += page.length;
      for (const row of page) {
        const reading = read(row);
        if ('column' in reading) rejections.push(reading);
        else {
          steps.push(...reading.steps);
          if (reading.steps.length === 0 && reading.members.length > 0) memberRows += 1;
        }
      }
      if (rows < BATCH) continue;
      yield { rowsDone, rows, memberRows, steps, rejections };
      [rows, memberRows, steps, rejections] = [0, 0, [], []];
    }
    if (rows > 0) yield { rowsDone, rows, memberRows, steps, rejections };
  }
}
