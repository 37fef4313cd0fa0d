import type { CommonParameters } from '#figures/report/parameters.js';
import { groupingOf } from '#figures/report/figures.js';
import type { Sight } from '#figures/report/sight.js';
import { sum } from '#figures/report/sums.js';

export type Asked = Pick<CommonParameters, 'period' | 'grain' | 'by' | 'filters'>;

/** One row's key, by period and the dimensions asked for. */
export interface RowKey {
  readonly key: string;
  readonly period: string | null;
  readonly dims: readonly (string | null)[];
}

/** What facts of one metric add up to, in one row and (beyond the row's own dimensions) for one tuple of `further`. */
export interface Tally {
  readonly row: RowKey;
  readonly further: readonly (string | null)[];
  readonly n: number;
  readonly value: number;
  readonly classes: ReadonlyMap<number, number>;
}

/** Sums the facts of a metric by row and by further dimensions; what adds up to nothing is left out. */
export async function tallies(
  sight: Sight,
  asked: Asked,
  metric: number,
  further: readonly string[] = [],
): Promise<readonly Tally[]> {
  const groups = groupingOf({ ...asked, by: [...asked.by, ...further] });
  const { n, value, classes } = sum(
    await sight.reader.cuts(sight.pin, metric, sight.upTo, asked.period),
    groups,
    'classes',
  );
  const found: Tally[] = [];
  for (let number = 0; number < groups.size; number++) {
    if ((n[number] ?? 0) === 0 && (value[number] ?? 0) === 0) continue;
    const { period, dims } = groups.group(number);
    const own = dims.slice(0, asked.by.length);
    found.push({
      row: { key: JSON.stringify([period, ...own]), period, dims: own },
      further: dims.slice(asked.by.length),
      n: n[number] ?? 0,
      value: value[number] ?? 0,
      classes: classes?.[number] ?? new Map<number, number>(),
    });
  }
  return found;
}
