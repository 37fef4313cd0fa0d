import { moneyText, type MoneyText } from '#kernel/money.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { AsOf, Warning } from '#platform/questions/read-side.js';
import { METRIC } from '../contribution/fact.js';
import { groupingOf, groupNumbers } from './figures.js';
import { commonParameters, parameterReader } from './parameters.js';
import { look, type FiguresDeps } from './sight.js';
import { sum } from './sums.js';

export interface PipelineStage {
  readonly stage: string;
  readonly count: number;
  /** Sum of the deals' values in the organisation's currency; deals without a value count 0. */
  readonly value: MoneyText;
}

export interface PipelineAnswer {
  readonly asOf: AsOf;
  readonly currency: string;
  readonly stages: readonly PipelineStage[];
  readonly total: Omit<PipelineStage, 'stage'>;
  readonly warnings: readonly Warning[];
}

/** Parameters of the other reports that say nothing about a stock. */
const WITHOUT = ['period', 'from', 'to', 'grain', 'by', 'format'];

/**
 * Open deals by pipeline stage, in the order of the stages' names, now or as known at any moment: how many, and worth what. Filters by any
 * dimension; takes `knownAt` and `minPosition`.
 */
export async function answerPipeline(deps: FiguresDeps, query: Query): Promise<PipelineAnswer> {
  const reader = parameterReader(query);
  const parameters = commonParameters(query, reader, [], deps.organisation.fiscalYearStart, WITHOUT);
  reader.finish();
  const sight = await look(deps, parameters);
  const groups = groupingOf({ ...parameters, by: ['stage'] });
  const sums = sum(await sight.reader.cuts(sight.pin, METRIC.pipeline, sight.upTo, parameters.period), groups, 'all');
  const { currency } = deps.organisation;
  const worth = (minor: number): MoneyText => moneyText({ minor, currency });
  const stages = groupNumbers(groups, [sums]).map(({ number, group }) => ({
    stage: group.dims[0] ?? '',
    count: sums.n[number] ?? 0,
    value: worth(sums.value[number] ?? 0),
  }));
  const all = (numbers: Float64Array): number => numbers.reduce((total, number) => total + number, 0);
  return {
    asOf: sight.asOf,
    currency,
    stages,
    total: { count: all(sums.n), value: worth(all(sums.value)) },
    warnings: sight.warnings,
  };
}
