import { DEAL_KINDS } from '#deals/events/deal-events.js';
import { TEAMS } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Money } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import { TOUCH_OUTCOMES } from '#leads/events/lead-events.js';
import { parseAmount } from '../../mapping/amounts.js';
import type {
  CloseRecord,
  LeadRecord,
  Mapping,
  MemberRecord,
  PaymentRecord,
  RecordMapping,
  StageRecord,
  TouchRecord,
  Value,
} from '../../mapping/mapping.js';
import type { ReadDayText, ReadMoment } from '../../mapping/moments.js';
import { CellError, columnOf, type RowValues } from '../../mapping/row-values.js';
import { IMPORTED_STAGES, type DealValues, type LeadValues, type MemberNeed, type RowRef, type Step } from './step.js';

/** What reading rows needs besides the row; made once an import. */
export interface ReadingRules {
  readonly mapping: Mapping;
  /** ISO 4217 of amounts that name no currency. */
  readonly currency: string;
  readonly moment: ReadMoment;
  readonly day: ReadDayText;
  /** First instant of `undatedOn`; null where the mapping has none. */
  readonly undated: Instant | null;
}

export interface RowReading {
  readonly steps: readonly Step[];
  readonly members: readonly MemberNeed[];
}

type Fields = Readonly<Record<string, Value>>;

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

type Base = { readonly occurredAt: Instant; readonly assumed: boolean; readonly ref: RowRef };

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

function id(value: Value, row: RowValues): string {
  const text = row.text(value);
  if (text === null) throw new CellError(columnOf(value), 'IMPORT.ID_MISSING', 'the id is missing');
  return short(text, columnOf(value));
}
const optionalId = (value: Value | undefined, row: RowValues): string | null => {
  const text = row.text(value);
  return text === null ? null : short(text, columnOf(value));
};

/** The same limits as over HTTP. */
const SHORT = 200;
const LONG = 4000;
function short(text: string, column: string, most = SHORT): string {
  if (text.length > most)
    throw new CellError(column, 'IMPORT.TEXT_TOO_LONG', `${text.length} characters; at most ${most} are taken`);
  if (text.includes('\0')) throw new CellError(column, 'IMPORT.BAD_TEXT', 'the text holds a NUL character');
  return text;
}

function reader(fields: Fields | undefined, row: RowValues) {
  const text = (name: string, most = SHORT): string | null => {
    const value = fields?.[name];
    const found = row.text(value);
    return found === null ? null : short(found, columnOf(value), most);
  };
  const choice = <Choice extends string>(name: string, allowed: readonly Choice[]): Choice | null => {
    const found = text(name);
    if (found === null) return null;
    const known = allowed.find((one) => one === found);
    if (known === undefined)
      throw new CellError(
        columnOf(fields?.[name]),
        'IMPORT.UNKNOWN_VALUE',
        `"${found}" is not one of ${allowed.join(', ')}`,
      );
    return known;
  };
  return { text, choice, column: (name: string) => columnOf(fields?.[name]) };
}

function dimensionsOf(fields: Fields | undefined, row: RowValues): Readonly<Record<string, string>> {
  const dimensions: Record<string, string> = {};
  for (const name of Object.keys(fields ?? {})) {
    if (!name.startsWith('dimension.')) continue;
    const text = reader(fields, row).text(name);
    if (text !== null) dimensions[name.slice('dimension.'.length)] = text;
  }
  return dimensions;
}

const originOf = (text: (name: string) => string | null) => ({
  channel: text('channel'),
  source: text('source'),
  medium: text('medium'),
  campaign: text('campaign'),
  content: text('content'),
});

const EMAIL = /^[^\s@]+@[^\s@]+$/;

function leadValues(record: LeadRecord, row: RowValues): LeadValues {
  const { text, column } = reader(record.fields, row);
  const person = {
    email: text('person.email', 254),
    firstName: text('person.firstName'),
    lastName: text('person.lastName'),
    phone: text('person.phone'),
  };
  if (person.email !== null && !EMAIL.test(person.email))
    throw new CellError(column('person.email'), 'IMPORT.BAD_EMAIL', 'this is no e-mail address');
  return {
    person: Object.values(person).every((part) => part === null) ? null : person,
    company: text('company'),
    ...originOf(text),
    segment: text('segment'),
    country: text('country'),
    product: text('product'),
    dimensions: dimensionsOf(record.fields, row),
    owner: text('owner'),
  };
}

function stageStep(record: StageRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
  const { text, column } = reader(record.fields, row);
  const told = row.text(record.stage);
  if (told === null) return [];
  const stage = IMPORTED_STAGES.find((one) => one === told);
  if (stage === undefined) {
    throw new CellError(
      columnOf(record.stage),
      'IMPORT.UNKNOWN_STAGE',
      `"${told}" is not one of ${IMPORTED_STAGES.join(', ')}; translate it in the mapping`,
    );
  }
  const untilText = text('until');
  const until = untilText === null ? null : rules.day(untilText);
  if (untilText !== null && until === null)
    throw new CellError(column('until'), 'IMPORT.BAD_DATE', `"${untilText}" is no date`);
  const present = typeof record.stage === 'string' || !('constant' in record.stage);
  const values = {
    stage,
    reason: code(text('reason'), column('reason')),
    note: text('note', LONG),
    until,
    definition: text('definition'),
  };
  return [{ ...base, kind: 'stage', lead: id(record.lead, row), present, values }];
}

function code(text: string | null, column: string): string | null {
  if (text !== null && !/^[a-z0-9-]{1,64}$/.test(text)) {
    throw new CellError(
      column,
      'IMPORT.BAD_REASON',
      `"${text}" is no reason code (lower-case letters, digits and "-"); translate it in the mapping`,
    );
  }
  return text;
}

function touchStep(record: TouchRecord, row: RowValues, base: Base): Step[] {
  const { text, choice } = reader(record.fields, row);
  const values = {
    kind: text('kind') ?? 'touch',
    ...originOf(text),
    member: text('member'),
    direction: choice('direction', ['inbound', 'outbound'] as const),
    automated: choice('automated', ['true', 'false'] as const) === 'true',
    outcome: choice('outcome', TOUCH_OUTCOMES),
    recordingUrl: text('recordingUrl', 2000),
    note: text('note', LONG),
  };
  return [{ ...base, kind: 'touch', lead: id(record.lead, row), touch: optionalId(record.id, row), values }];
}

function dealValues(fields: Fields | undefined, row: RowValues, rules: ReadingRules): DealValues {
  const { text, choice, column } = reader(fields, row);
  const day = text('expectedCloseOn');
  const expectedCloseOn = day === null ? null : rules.day(day);
  if (day !== null && expectedCloseOn === null)
    throw new CellError(column('expectedCloseOn'), 'IMPORT.BAD_DATE', `"${day}" is no date`);
  return {
    kind: choice('kind', DEAL_KINDS) ?? 'new',
    account: text('account'),
    product: text('product'),
    segment: text('segment'),
    country: text('country'),
    stage: text('stage'),
    value: money('value', fields, row, rules),
    expectedCloseOn,
    owner: text('owner'),
    dimensions: dimensionsOf(fields, row),
  };
}

function closeSteps(record: CloseRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
  const { text, column } = reader(record.fields, row);
  const deal = id(record.deal, row);
  const lead = optionalId(record.lead, row);
  const told = row.text(record.outcome);
  if (told !== 'won' && told !== 'lost') {
    throw new CellError(
      columnOf(record.outcome),
      'IMPORT.UNKNOWN_OUTCOME',
      `"${told ?? ''}" is neither won nor lost; translate it in the mapping`,
    );
  }
  const values = {
    outcome: told,
    value: money('value', record.fields, row, rules),
    reason: code(text('reason'), column('reason')),
    note: text('note', LONG),
  } as const;
  const close: Step = { ...base, kind: 'close', deal, lead, values };
  if (record.opens === undefined) return [close];
  return [
    { ...base, kind: 'deal', deal, lead, values: dealValues(record.opens.fields, row, rules), openingAssumed: true },
    close,
  ];
}

function paymentStep(record: PaymentRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
  const amount = money('amount', record.fields, row, rules);
  if (amount === null) return [];
  if (amount.minor <= 0) {
    // A row without a payment often says 0; below 0 is a refund, which has no mapping.
    if (amount.minor === 0) return [];
    throw new CellError(
      columnOf(record.fields?.['amount']),
      'IMPORT.NEGATIVE_PAYMENT',
      'a payment is above 0; refunds are recorded by the command',
    );
  }
  const deal = id(record.deal, row);
  return [
    {
      ...base,
      kind: 'payment',
      deal,
      lead: optionalId(record.lead, row),
      payment: optionalId(record.id, row) ?? deal,
      values: {
        amount,
        tax: money('tax', record.fields, row, rules),
        cost: money('cost', record.fields, row, rules),
        reference: reader(record.fields, row).text('reference'),
      },
    },
  ];
}

function money(name: string, fields: Fields | undefined, row: RowValues, rules: ReadingRules): Money | null {
  const { text, column } = reader(fields, row);
  const amount = text(name);
  if (amount === null) return null;
  try {
    return parseAmount(amount, text('currency')?.toUpperCase() ?? rules.currency, rules.mapping.decimal ?? '.');
  } catch (error) {
    if (error instanceof DomainError) throw new CellError(column(name), error.code, error.detail);
    throw error;
  }
}

function memberOf(record: MemberRecord, row: RowValues, rules: ReadingRules): MemberNeed | null {
  const { text, choice } = reader(record.fields, row);
  const handle = row.text(record.handle);
  if (handle === null) return null;
  const at = row.text(record.at);
  const joined = at === null ? null : rules.moment(at);
  if (at !== null && joined === null) throw new CellError(columnOf(record.at), 'IMPORT.BAD_DATE', `"${at}" is no date`);
  return {
    handle: short(handle, columnOf(record.handle)),
    // Without a date of their own they join when the first row needs them.
    at: joined ?? Number.POSITIVE_INFINITY,
    details: {
      team: choice('team', TEAMS) ?? rules.mapping.ownerTeam ?? 'sales',
      role: choice('role', ['member', 'head'] as const) ?? 'member',
      manager: text('manager'),
      aliases: (text('aliases') ?? '')
        .split(';')
        .map((alias) => alias.trim())
        .filter((alias) => alias !== ''),
    },
  };
}
