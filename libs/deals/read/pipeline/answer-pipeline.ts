import { addMoney, convertMoney, moneyText, type Money, type MoneyText } from '#kernel/money.js';
import { positionOfQuery, refuseUnknown, valuesOf, type Query } from '#platform/questions/query-parameters.js';
import { pinViews, type AsOf, type ReadSide, type Warning } from '#platform/questions/read-side.js';
import type { Where } from '#read-store/read-store.js';
import type { DealDocument } from '../deal/deal-document.js';
import { DEALS_PROCESSOR, DEAL_LIST } from '../deal/deal-views.js';

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

const FILTERS = ['owner', 'team', 'product', 'segment', 'country', 'kind', 'account'] as const;

export const PIPELINE_PARAMETERS = [...FILTERS, 'minPosition'] as const;

const PAGE = 500;

/** Open deals by pipeline stage, in the order of the stages' names: how many, and worth what. */
export async function answerPipeline(side: ReadSide, query: Query): Promise<PipelineAnswer> {
  refuseUnknown(query, PIPELINE_PARAMETERS);
  const { currency } = side.organisation;
  const where: Where = Object.fromEntries([
    ['status', ['open']],
    ...FILTERS.map(
      (name) => [name, valuesOf(query, name).map((value) => (value === '' ? null : value))] as const,
    ).filter(([, values]) => values.length > 0),
  ]);
  const { generation, asOf, warnings } = await pinViews(side, DEALS_PROCESSOR, positionOfQuery(query, 'minPosition'));
  const stages = new Map<string, { count: number; value: Money }>();
  const total = { count: 0, value: { minor: 0, currency } as Money };
  let cursor: string | undefined;
  do {
    const page = await side.readStore.find<DealDocument>(DEALS_PROCESSOR, generation, DEAL_LIST.view, {
      where,
      limit: PAGE,
      cursor,
    });
    for (const { document } of page.items) {
      const value =
        document.value === null ? { minor: 0, currency } : convertMoney(document.value, document.rate, currency);
      const stage = stages.get(document.stage) ?? { count: 0, value: { minor: 0, currency } };
      for (const sum of [stage, total]) {
        sum.count += 1;
        sum.value = addMoney(sum.value, value);
      }
      stages.set(document.stage, stage);
    }
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  const rows = [...stages]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([stage, { count, value }]) => ({ stage, count, value: moneyText(value) }));
  return { asOf, currency, stages: rows, total: { count: total.count, value: moneyText(total.value) }, warnings };
}
