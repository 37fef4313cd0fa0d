import type { MemberRecord, RecordMapping } from '../../mapping/mapping.js';
import { CellError, columnOf, type RowValues } from '../../mapping/row-values.js';
import { id, optionalId, type ReadingRules } from './read-cells.js';
import {
  closeSteps,
  dealValues,
  leadValues,
  memberOf,
  paymentStep,
  refundStep,
  spendStep,
  stageStep,
  touchStep,
  type Base,
} from './read-records.js';
import type { MemberNeed, RowRef, Step } from './step.js';

export interface RowReading {
  readonly steps: readonly Step[];
  readonly members: readonly MemberNeed[];
}

/**
 * What one row says happened, by the records of its file; all of it or (thrown) nothing. Throws `CellError`, which names the column.
 */
export function readRow(
  records: readonly RecordMapping[],
  row: RowValues,
  ref: RowRef,
  rules: ReadingRules,
): RowReading {
  const steps: Step[] = [];
  const members: MemberNeed[] = [];
  for (const record of records) {
    if (!row.holds(record.when)) continue;
    if (record.kind === 'member') {
      const member = memberOf(record, row, rules);
      if (member !== null) members.push(member);
      continue;
    }
    const when = whenOf(record, row, rules);
    if (when === null) continue;
    steps.push(...stepsOf(record, row, { ...when, ref }, rules));
  }
  for (const step of steps) {
    const handle =
      step.kind === 'lead' || step.kind === 'deal'
        ? step.values.owner
        : step.kind === 'touch'
          ? step.values.member
          : null;
    if (handle !== null) members.push({ handle, at: step.occurredAt, details: null });
  }
  return { steps, members };
}

function stepsOf(
  record: Exclude<RecordMapping, MemberRecord>,
  row: RowValues,
  base: Base,
  rules: ReadingRules,
): Step[] {
  switch (record.kind) {
    case 'lead':
      return [{ ...base, kind: 'lead', lead: id(record.id, row), values: leadValues(record, row) }];
    case 'stage':
      return stageStep(record, row, base, rules);
    case 'touch':
      return touchStep(record, row, base);
    case 'deal':
      return [
        {
          ...base,
          kind: 'deal',
          deal: id(record.id, row),
          lead: optionalId(record.lead, row),
          values: dealValues(record.fields, row, rules),
          openingAssumed: false,
        },
      ];
    case 'close':
      return closeSteps(record, row, base, rules);
    case 'payment':
      return paymentStep(record, row, base, rules);
    case 'spend':
      return spendStep(record, row, base, rules);
    case 'refund':
      return refundStep(record, row, base, rules);
  }
}

/** null: it has not happened (see `RecordMapping.at`). */
function whenOf(
  record: Exclude<RecordMapping, MemberRecord>,
  row: RowValues,
  rules: ReadingRules,
): Omit<Base, 'ref'> | null {
  const text = row.text(record.at);
  if (text !== null) {
    const at = rules.moment(text);
    if (at === null)
      throw new CellError(columnOf(record.at), 'IMPORT.BAD_DATE', `"${text}" is no date${timeHint(text, rules)}`);
    return { occurredAt: at, assumed: false };
  }
  const always =
    record.at === undefined || record.kind === 'lead' || record.kind === 'deal' || record.when !== undefined;
  if (!always) return null;
  if (rules.undated === null)
    throw new CellError(
      columnOf(record.at),
      'IMPORT.DATE_MISSING',
      'the date is missing, and the mapping names no "undatedOn"',
    );
  return { occurredAt: rules.undated, assumed: true };
}

function timeHint(text: string, rules: ReadingRules): string {
  if (!/\d:\d\d/.test(text) || rules.mapping.zone !== undefined) return '';
  return '; a time without a zone needs the mapping\'s "zone"';
}
