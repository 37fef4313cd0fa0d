import type { ChangesAnswer, MovementValue } from '#figures/report/answer-changes.js';
import { table } from '../output/table.js';
import { numberText, valueText } from '../output/values.js';
import { page } from './report-tables.js';

/** What it was, what it is, then cause by cause the events that moved it. */
export function changesTable(answer: ChangesAnswer): string {
  const { metric, before, after, currency, since, changes } = answer;
  const value = (of: typeof before): string => valueText(of, metric.unit, currency);
  const moment = since.knownAt ?? '';
  const head = `${metric.name}: ${value(before)} as known at ${moment}, then ${value(after)}\n`;
  if (changes.length === 0)
    return page(answer, `${head}Nothing that was recorded since then changed it.`, answer.warnings);
  const rows = changes.flatMap(({ cause, change, events, items }) => [
    [CAUSES[cause], movementText(change, currency), eventsText(events), '', '', '', ''],
    ...items.map(({ type, recordedAt, occurredAt, actor, lead, deal, change: own }) => [
      '',
      movementText(own, currency),
      type,
      toSecond(recordedAt),
      toSecond(occurredAt),
      actor.id,
      lead ?? `deal ${deal ?? ''}`,
    ]),
    ...(events > items.length ? [['', '', `and ${numberText(events - items.length)} more`, '', '', '', '']] : []),
  ]);
  const columns = ['why', 'change', 'event', 'recorded', 'occurred', 'by', 'lead'];
  const shown = table(
    columns.map((name) => ({ name, align: name === 'change' ? 'right' : 'left' })),
    rows,
  );
  return page(answer, `${head}${shown}`, answer.warnings);
}

const CAUSES: Readonly<Record<ChangesAnswer['changes'][number]['cause'], string>> = {
  'new-activity': 'new activity',
  'late-touch': 'a touch told late',
  correction: 'a correction',
  refund: 'a refund',
  merge: 'leads merged',
};

const eventsText = (count: number): string => (count === 1 ? '1 event' : `${numberText(count)} events`);

function movementText(change: MovementValue, currency: string): string {
  if (typeof change === 'number') return signed(numberText(change));
  if (typeof change === 'string') return signed(valueText(change, 'money', currency));
  if ('sum' in change) return `${signed(numberText(change.count))} measured, ${numberText(change.sum)} ${change.unit}s`;
  return `${movementText(change.numerator, currency)} / ${movementText(change.denominator, currency)}`;
}

const signed = (text: string): string => (text.startsWith('-') ? text : `+${text}`);
const toSecond = (instant: string): string => instant.replace(/\.\d+Z$/, 'Z');
