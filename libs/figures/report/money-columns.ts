import type { Warning } from '#platform/questions/read-side.js';
import { METRIC } from '../contribution/fact.js';
import { SPEND_KIND } from '../history/spend-fold.js';
import { METRICS, sourcesOf, type MetricDefinition } from './metrics.js';
import type { CommonParameters, ParameterReader } from './parameters.js';

/** What `money=true` sets beside a report by channel or campaign. */
export const MONEY_COLUMNS = ['revenue', 'profit', 'spend', 'romi'] as const;

export const moneyMetrics = (): readonly MetricDefinition[] => MONEY_COLUMNS.flatMap((id) => METRICS.get(id) ?? []);

/** `money=true`; it belongs to rows by channel or campaign, since spend has no other dimension that leads share. */
export function readMoney(reader: ParameterReader, by: readonly string[]): boolean {
  const text = reader.one('money');
  if (text === null || text === 'false') return false;
  if (text !== 'true') reader.wrong('money', 'QUERY.BAD_PARAMETER', `money is true or false, not "${text}"`);
  else if (!by.includes('channel') && !by.includes('campaign'))
    reader.wrong('money', 'QUERY.MONEY_NEEDS_CHANNEL', 'money=true belongs to a report by channel or by campaign');
  return true;
}

/** The metrics asked for, then those of money that are not among them. */
export const withMoney = (asked: readonly MetricDefinition[]): readonly MetricDefinition[] => [
  ...asked,
  ...moneyMetrics().filter(({ id }) => asked.every((metric) => metric.id !== id)),
];

const OF_SPEND: ReadonlySet<string> = new Set(['channel', 'campaign', SPEND_KIND]);

/** Spend has no owner, segment or country: by those it lies in rows of its own, and a filter by them leaves none of it. */
export function spendLimits(
  { by, filters }: Pick<CommonParameters, 'by' | 'filters'>,
  metrics: readonly MetricDefinition[],
): readonly Warning[] {
  const affected = metrics.filter(({ formula }) => sourcesOf(formula).some(({ metric }) => metric === METRIC.spend));
  const foreign = [...new Set([...by, ...filters.keys()])].filter((name) => !OF_SPEND.has(name));
  if (affected.length === 0 || foreign.length === 0) return [];
  const detail = `Spend is known by channel, campaign and ${SPEND_KIND} only, so ${affected.map(({ id }) => id).join(', ')} cannot be told by ${foreign.join(', ')}.`;
  return [{ code: 'SPEND_HAS_NO_DIMENSION', detail }];
}
