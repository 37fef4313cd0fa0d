import { SPEND_KINDS } from '#campaigns/events/spend-events.js';
import { DEAL_KINDS, REFUND_KINDS } from '#deals/events/deal-events.js';
import { TEAMS } from '#kernel/envelope.js';
import type { Money } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import { TOUCH_OUTCOMES } from '#leads/events/lead-events.js';
import type {
  CloseRecord,
  LeadRecord,
  MemberRecord,
  PaymentRecord,
  RefundRecord,
  SpendRecord,
  StageRecord,
  TouchRecord,
} from '../../mapping/mapping.js';
import { CellError, columnOf, type RowValues } from '../../mapping/row-values.js';
import {
  code,
  dimensionsOf,
  id,
  LONG,
  money,
  optionalId,
  rateOf,
  reader,
  short,
  type Fields,
  type ReadingRules,
} from './read-cells.js';
import { IMPORTED_STAGES, type DealValues, type LeadValues, type MemberNeed, type RowRef, type Step } from './step.js';

/** What all steps of a record have in common. */
export type Base = { readonly occurredAt: Instant; readonly assumed: boolean; readonly ref: RowRef };

export function leadValues(record: LeadRecord, row: RowValues): LeadValues {
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

const EMAIL = /^[^\s@]+@[^\s@]+$/;

export function stageStep(record: StageRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
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

export function touchStep(record: TouchRecord, row: RowValues, base: Base): Step[] {
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

export function dealValues(fields: Fields | undefined, row: RowValues, rules: ReadingRules): DealValues {
  const { text, choice, column } = reader(fields, row);
  const day = text('expectedCloseOn');
  const expectedCloseOn = day === null ? null : rules.day(day);
  if (day !== null && expectedCloseOn === null)
    throw new CellError(column('expectedCloseOn'), 'IMPORT.BAD_DATE', `"${day}" is no date`);
  const value = money('value', fields, row, rules);
  return {
    kind: choice('kind', DEAL_KINDS) ?? 'new',
    account: text('account'),
    product: text('product'),
    segment: text('segment'),
    country: text('country'),
    stage: text('stage'),
    value,
    ...rateOf(value, fields, row, rules),
    expectedCloseOn,
    owner: text('owner'),
    dimensions: dimensionsOf(fields, row),
  };
}

export function closeSteps(record: CloseRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
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
  const value = money('value', record.fields, row, rules);
  const values = {
    outcome: told,
    value,
    ...rateOf(value, record.fields, row, rules),
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

export function paymentStep(record: PaymentRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
  const amount = money('amount', record.fields, row, rules);
  if (amount === null) return [];
  if (amount.minor <= 0) {
    // A row without a payment often says 0.
    if (amount.minor === 0) return [];
    throw new CellError(
      columnOf(record.fields?.['amount']),
      'IMPORT.NEGATIVE_PAYMENT',
      'a payment is above 0; money given back is a record of kind "refund", kept apart by "when": [{ …, "negative": true }]',
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
        ...rateOf(amount, record.fields, row, rules),
        reference: reader(record.fields, row).text('reference'),
      },
    },
  ];
}

/** Files tell what was given back with or without a minus. */
export function refundStep(record: RefundRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
  const amount = positive(money('amount', record.fields, row, rules));
  if (amount === null) return [];
  const { text, choice, column } = reader(record.fields, row);
  const deal = id(record.deal, row);
  const payment = optionalId(record.payment, row) ?? deal;
  return [
    {
      ...base,
      kind: 'refund',
      deal,
      lead: optionalId(record.lead, row),
      payment,
      refund: optionalId(record.id, row) ?? payment,
      values: {
        kind: choice('kind', REFUND_KINDS) ?? 'refund',
        amount,
        costRecovered: positive(money('costRecovered', record.fields, row, rules)),
        reason: code(text('reason'), column('reason')),
      },
    },
  ];
}

/** null where there is nothing. */
const positive = (amount: Money | null): Money | null =>
  amount === null || amount.minor === 0 ? null : { ...amount, minor: Math.abs(amount.minor) };

export function spendStep(record: SpendRecord, row: RowValues, base: Base, rules: ReadingRules): Step[] {
  const { text, choice, column } = reader(record.fields, row);
  const amount = money('amount', record.fields, row, rules);
  if (amount === null) return [];
  const count = (name: string): number | null => {
    const found = text(name)?.replace(/[\s,']/g, '') ?? null;
    if (found === null) return null;
    if (!/^\d{1,15}(\.0+)?$/.test(found))
      throw new CellError(column(name), 'IMPORT.BAD_COUNT', `"${found}" is no whole number of 0 or more`);
    return Number(found);
  };
  const values = {
    campaign: optionalId(record.campaign, row),
    channel: text('channel'),
    source: text('source'),
    medium: text('medium'),
    kind: choice('kind', SPEND_KINDS) ?? 'media',
    amount,
    ...rateOf(amount, record.fields, row, rules),
    impressions: count('impressions'),
    clicks: count('clicks'),
  };
  const { campaign, channel, source, medium, kind } = values;
  const told = [base.occurredAt, campaign ?? { channel }, source, medium, kind];
  return [{ ...base, kind: 'spend', lead: null, spend: optionalId(record.id, row) ?? JSON.stringify(told), values }];
}

export function memberOf(record: MemberRecord, row: RowValues, rules: ReadingRules): MemberNeed | null {
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
const originOf = (text: (name: string) => string | null) => ({
  channel: text('channel'),
  source: text('source'),
  medium: text('medium'),
  campaign: text('campaign'),
  content: text('content'),
});
