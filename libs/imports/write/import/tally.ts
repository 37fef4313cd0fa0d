import type { Rejection, RowRef, Step } from './step.js';

/** What an import has done, counted as it goes; holds nothing of the rows but what is still open. */
export interface Tally {
  rows: number;
  /** Rows of which at least one step is not in the ledger. */
  rejected: number;
  /** Rows that changed nothing. */
  unchanged: number;
  /** Rows that differ from an earlier import in a way that is listed for a person. */
  listed: number;
  /** Rows that only name members; whether they changed anything, the members' events tell. */
  memberRows: number;
  events: Record<string, number>;
}

export const newTally = (): Tally => ({ rows: 0, rejected: 0, unchanged: 0, listed: 0, memberRows: 0, events: {} });

interface Result {
  readonly step: Step;
  readonly events: readonly string[];
  readonly rejection: Rejection | null;
  readonly notice: Rejection | null;
}

/** Counts a batch of rows: those that could not be read, and what became of the steps of the others. */
export function countBatch(
  tally: Tally,
  { rows, memberRows }: { readonly rows: number; readonly memberRows: number },
  unreadable: readonly Rejection[],
  results: readonly Result[],
): void {
  const byRow = new Map<RowRef, 'unchanged' | 'written' | 'listed' | 'rejected'>();
  for (const { step, events, rejection, notice } of results) {
    countEvents(tally, events);
    const known = byRow.get(step.ref);
    if (rejection !== null) byRow.set(step.ref, 'rejected');
    else if (known === 'rejected') continue;
    else if (notice !== null) byRow.set(step.ref, 'listed');
    else if (known === 'listed') continue;
    else byRow.set(step.ref, events.length > 0 || known === 'written' ? 'written' : 'unchanged');
  }
  const fates = [...byRow.values()];
  const count = (fate: string): number => fates.filter((one) => one === fate).length;
  const changed = unreadable.length + count('rejected') + count('listed') + count('written');
  tally.rows += rows;
  tally.memberRows += memberRows;
  tally.rejected += unreadable.length + count('rejected');
  tally.listed += count('listed');
  tally.unchanged += Math.max(0, rows - memberRows - changed);
}

/** Rows that changed nothing, members' rows included where no member joined or moved. */
export const unchangedRows = ({ unchanged, memberRows, events }: Tally): number =>
  unchanged + (events['member.joined'] === undefined && events['member.moved'] === undefined ? memberRows : 0);

export function countEvents(tally: Tally, types: readonly string[]): void {
  for (const type of types) tally.events[type] = (tally.events[type] ?? 0) + 1;
}
