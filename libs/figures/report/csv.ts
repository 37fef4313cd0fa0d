import { stringify } from 'csv-stringify/sync';
import type { ChangesAnswer, MovementValue } from './answer-changes.js';
import type { FiguresAnswer } from './figures.js';
import type { FunnelAnswer } from './funnel.js';
import type { GlossaryAnswer } from './glossary.js';
import type { KpiAnswer } from './kpi.js';
import { moneyMetrics } from './money-columns.js';
import { METRICS, type Unit } from './metrics.js';
import type { Value } from './values.js';

/**
 * One line a row, without the total. Money is the amount; a ratio `<id>.value`, `.numerator`, `.denominator`; a duration `<id>.count`, `.mean`,
 * `.p50`, `.p90`, `.p95`; no value is an empty cell.
 */
export function figuresCsv(answer: FiguresAnswer): string {
  const keys = [...(answer.grain === 'total' ? [] : ['period']), ...answer.by];
  const header = [...keys, ...answer.metrics.flatMap(({ id, unit }) => columnsOf(id, unit))];
  const rows = answer.rows.map((row) => [
    ...keys.map((key) => cell(row[key])),
    ...answer.metrics.flatMap(({ id, unit }) => cellsOf(row[id] ?? null, unit)),
  ]);
  return csv(header, rows);
}

/** One line a metric, the KPI first; what nobody has recorded is an empty cell. */
export function kpiCsv(answer: KpiAnswer): string {
  const rows = [answer.kpi, ...answer.companions].map(({ id, value, previous, recorded }) => {
    if (recorded === false) return [id, '', ''];
    const unit = METRICS.get(id)?.unit ?? 'count';
    return [id, main(value, unit), main(previous, unit)];
  });
  return csv(['id', 'value', 'previous'], rows);
}

/** One line a row and stage; what money adds stands in each of a row's lines. */
export function funnelCsv(answer: FunnelAnswer): string {
  const keys = [...(answer.grain === 'total' ? [] : ['period']), ...answer.by];
  const ratios = ['fromPrevious', 'fromFirst'] as const;
  const money = answer.money ? moneyMetrics() : [];
  const header = [
    ...keys,
    'stage',
    'count',
    ...ratios.flatMap((id) => columnsOf(id, 'ratio')),
    'matured',
    'skipped',
    'recorded',
    ...money.flatMap(({ id, unit }) => columnsOf(id, unit)),
  ];
  const rows = answer.rows.flatMap((row) =>
    row.stages.map((stage) => [
      ...keys.map((key) => cell(row[key])),
      stage.stage,
      stage.count,
      ...ratios.flatMap((id) => cellsOf(stage[id] ?? null, 'ratio')),
      cell(stage.matured),
      cell(stage.skipped),
      cell(stage.recorded ?? true),
      ...money.flatMap(({ id, unit }) => cellsOf((row[id] ?? null) as Value, unit)), // its columns hold values
    ]),
  );
  return csv(header, rows);
}

/** One line an event; money is the amount, a ratio and a duration take two columns. */
export function changesCsv(answer: ChangesAnswer): string {
  const columns = ['cause', 'eventId', 'type', 'occurredAt', 'recordedAt', 'actor', 'team', 'lead', 'deal'];
  const parts = isRatio(answer.metric.unit) ? ['change.numerator', 'change.denominator'] : durationParts(answer);
  return csv(
    [...columns, ...parts],
    answer.changes.flatMap(({ cause, items }) =>
      items.map(({ eventId, type, occurredAt, recordedAt, actor, lead, deal, change }) => [
        ...[cause, eventId, type, occurredAt, recordedAt, actor.id, actor.team, cell(lead), cell(deal)],
        ...movementCells(change),
      ]),
    ),
  );
}

const durationParts = ({ metric: { unit } }: ChangesAnswer): readonly string[] =>
  isDuration(unit) ? ['change.count', 'change.sum'] : ['change'];

function movementCells(change: MovementValue): readonly Cell[] {
  if (typeof change !== 'object') return [change];
  return 'sum' in change ? [change.count, change.sum] : [change.numerator, change.denominator];
}

/** One line a metric, then what is told of credit, then its models; `section` tells which. */
export const glossaryCsv = ({ metrics, credit, models }: GlossaryAnswer): string =>
  csv(
    ['id', 'version', 'name', 'unit', 'formula', 'text', 'section'],
    [
      ...metrics.map((term) => ({ ...term, section: 'metric' })),
      ...credit.map((term) => ({ ...term, section: 'credit' })),
      ...models.map((term) => ({ ...term, unit: '', section: 'model' })),
    ].map(({ id, version, name, unit, formula, text, section }) => [id, version, name, unit, formula, text, section]),
  );

function columnsOf(id: string, unit: Unit): readonly string[] {
  if (isRatio(unit)) return RATIO.map((part) => `${id}.${part}`);
  return isDuration(unit) ? DURATION.map((part) => `${id}.${part}`) : [id];
}

const isRatio = (unit: Unit): boolean => unit === 'ratio' || unit === 'money-ratio';

const isDuration = (unit: Unit): boolean => unit === 'day' || unit === 'second' || unit === 'attempt';

const RATIO = ['value', 'numerator', 'denominator'] as const;
const DURATION = ['count', 'mean', 'p50', 'p90', 'p95'] as const;

type Cell = string | number;

function cellsOf(value: Value, unit: Unit): readonly Cell[] {
  const parts: readonly string[] = isRatio(unit) ? RATIO : isDuration(unit) ? DURATION : [];
  if (parts.length === 0) return [cell(value)];
  const members = Object.entries(value ?? {});
  return parts.map((part) => cell(members.find(([name]) => name === part)?.[1]));
}

/** The one number of a value: a ratio's value, a duration's mean. */
function main(value: Value, unit: Unit): Cell {
  const cells = cellsOf(value, unit);
  return (isDuration(unit) ? cells[1] : cells[0]) ?? '';
}

const cell = (value: unknown): Cell =>
  typeof value === 'string' || typeof value === 'number' ? value : typeof value === 'boolean' ? String(value) : '';

const csv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string => stringify([header, ...rows]);
