import type { FiguresAnswer, ReportHead } from '#figures/report/figures.js';
import type { FunnelAnswer } from '#figures/report/funnel.js';
import type { KpiAnswer } from '#figures/report/kpi.js';
import { moneyMetrics } from '#figures/report/money-columns.js';
import { METRICS } from '#figures/report/metrics.js';
import { table, type Column } from '../output/table.js';
import { numberText, percentText, valueText } from '../output/values.js';

const right = (name: string): Column => ({ name, align: 'right' });
const left = (name: string): Column => ({ name, align: 'left' });

export function figuresTable(answer: FiguresAnswer): string {
  const keys = [...(answer.grain === 'total' ? [] : ['period']), ...answer.by];
  const cells = (row: FiguresAnswer['total']): string[] =>
    answer.metrics.map(({ id, unit }) => valueText(row[id], unit, answer.currency));
  const rows = answer.rows.map((row) => [...keys.map((key) => keyText(row[key])), ...cells(row)]);
  const columns = [...keys.map(left), ...answer.metrics.map(({ name }) => right(name))];
  const total = keys.length === 0 ? null : ['total', ...keys.slice(1).map(() => ''), ...cells(answer.total)];
  return page(answer, table(columns, keys.length === 0 ? [cells(answer.total)] : rows, total), answer.warnings);
}

export function kpiTable(answer: KpiAnswer): string {
  const line = ({ id, value, previous, recorded }: KpiAnswer['companions'][number]): string[] => {
    const { name = id, unit = 'count' } = METRICS.get(id) ?? {};
    if (recorded === false) return [name, 'not recorded', ...(answer.previousPeriod === null ? [] : [''])];
    return [
      name,
      valueText(value, unit, answer.currency),
      ...(answer.previousPeriod === null ? [] : [valueText(previous, unit, answer.currency)]),
    ];
  };
  const columns = [
    left(''),
    right('value'),
    ...(answer.previousPeriod === null ? [] : [right(`${answer.previousPeriod.from} to ${answer.previousPeriod.to}`)]),
  ];
  const basis = answer.basis === null ? '' : `${answer.basis.reason}\n${answer.basis.howTo}\n`;
  return `${page(answer, table(columns, [line(answer.kpi), ...answer.companions.map(line)]), answer.warnings)}${basis}`;
}

/** What money adds stands in the first of a row's lines. */
export function funnelTable(answer: FunnelAnswer): string {
  const money = answer.money ? moneyMetrics() : [];
  const keys = [...(answer.grain === 'total' ? [] : ['period']), ...answer.by];
  const columns = [
    ...keys.map(left),
    left('stage'),
    right('count'),
    right('from previous'),
    right('from first'),
    right('skipped'),
    ...money.map(({ name }) => right(name)),
  ];
  const lines = (row: FunnelAnswer['total'], names: readonly string[]): string[][] =>
    row.stages.map((stage, place) => [
      ...names,
      stage.recorded === false ? `${stage.stage} (not recorded)` : stage.stage,
      numberText(stage.count),
      shareText(stage.fromPrevious),
      shareText(stage.fromFirst),
      stage.skipped === undefined ? '' : numberText(stage.skipped),
      ...money.map(({ id, unit }) => (place === 0 ? valueText(row[id], unit, answer.currency) : '')),
    ]);
  const rows = answer.rows.flatMap((row) =>
    lines(
      row,
      keys.map((key) => keyText(row[key])),
    ),
  );
  const total = lines(
    answer.total,
    keys.map((_, index) => (index === 0 ? 'total' : '')),
  );
  const mode =
    answer.mode === 'cohort'
      ? 'Of the leads that entered the first stage in the period'
      : 'Entries into each stage in the period';
  return page(
    answer,
    `${mode}${answer.horizonDays === null ? '' : `, within ${answer.horizonDays} days`}:\n${table(columns, keys.length === 0 ? total : [...rows, ...total])}`,
    answer.warnings,
  );
}

const shareText = (ratio: { readonly value: number | null } | null | undefined): string =>
  ratio?.value == null ? '' : percentText(ratio.value);

/** No value is a dash: `unknown` may be a value of its own. */
const keyText = (value: unknown): string => (typeof value === 'string' ? value : '–');

/** A report's head, its table, what limits it. */
export function page(answer: ReportHead, body: string, warnings: readonly { readonly detail: string }[]): string {
  const { from, to } = answer.period;
  const period = from === null && to === null ? 'all time' : `${from ?? 'the beginning'} to ${to ?? 'now'}`;
  const known = answer.asOf.knownAt === null ? '' : `, as known at ${answer.asOf.knownAt}`;
  return `${period}${known} (days in ${answer.timeZone})\n${body}\n${warnings.map(({ detail }) => `! ${detail}\n`).join('')}`;
}
