import type { DealKind } from '#deals/events/deal-events.js';
import type { Json } from '#kernel/json.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import { dealEras, leadEras } from './eras.js';
import { EXITS, type Exit } from './history.js';
import type {
  Assignment,
  AttributeChange,
  Attributes,
  Close,
  Conversion,
  DealHistory,
  History,
  LeadHistory,
  Moment,
  PaymentEntry,
  ProductChange,
  RefundEntry,
  StageChange,
  StageEntry,
  ValueChange,
} from './history.js';
import type { Review } from './reviews.js';
import { spendEntry, spendRow, type SpendRow } from './spend-fold.js';
import type { SalesTouch, Work } from './work.js';
import type { GivenOrigin, TouchEntry, TouchLogEntry } from './touches.js';

/**
 * A history as it is stored: rows instead of objects, because writing and reading documents is most of a rebuild. Days and eras follow from
 * the rest and are left out. `fromDocument(toDocument(h))` contributes exactly what `h` does.
 */
export type HistoryDocument = readonly [lead: LeadRow | null, deals: readonly DealRow[], spend?: readonly SpendRow[]];

export type MomentRow = readonly [at: Instant, position: number, assumed: 0 | 1];
type OriginRow = readonly [string | null, string | null, string | null, string | null];
type TouchRow = readonly [touchId: string, at: Instant, position: number, side: string | null, ...origin: OriginRow];
/** A text: the touch of this id is gone. */
export type TouchLogRow = TouchRow | string;
type AttributesRow = readonly [
  segment: string | null,
  country: string | null,
  product: string | null,
  custom: Readonly<Record<string, string>> | 0,
];
type ConversionRow = readonly [currency: string, rate: string | null] | 0;

type AssignmentRow = readonly [
  at: Instant,
  position: number,
  owner: string | null,
  team: string | null,
  revision: number,
];

interface LeadRow {
  readonly c: MomentRow | null;
  readonly o: OriginRow;
  readonly b: AttributesRow;
  readonly s: readonly (readonly [stage: number, pass: number, revision: number, ...MomentRow])[];
  readonly a?: readonly AssignmentRow[];
  readonly d?: readonly AttributeChange[];
  readonly h?: readonly TouchRow[];
  readonly t?: readonly TouchLogRow[];
  /** chunks, elsewhere, bound */
  readonly n?: readonly [number, number, number, number];
  /** Marketing's first touch. */
  readonly m?: readonly [touchId: string, at: Instant, position: number];
  /** flags: 1 an attempt, 2 a contact */
  readonly w?: readonly (readonly [touchId: string, at: Instant, position: number, flags: number])[];
  readonly x?: readonly (readonly [exit: number, reason: string, pass: number, revision: number, ...MomentRow])[];
  readonly k?: string;
  readonly r?: readonly ReviewRow[];
}

type ReviewRow = readonly [
  pass: number,
  isOutcome: 0 | 1,
  by: string,
  quality: number | null,
  needs: readonly string[],
  challenges: readonly string[],
  helped: readonly string[],
  wentWrong: readonly string[],
];

interface DealRow {
  readonly i: string;
  readonly o: readonly [kind: DealKind, pass: number | null, openingAssumed: 0 | 1, stage: string, ...MomentRow];
  readonly b: AttributesRow;
  readonly c?: readonly [won: 0 | 1, reason: string | null, ...MomentRow];
  readonly v?: readonly (readonly [at: Instant, position: number, value: number | null, conversion: ConversionRow])[];
  readonly a?: readonly AssignmentRow[];
  readonly d?: readonly ProductChange[];
  readonly s?: readonly StageChange[];
  readonly p?: readonly PaymentRow[];
  readonly x?: 1;
}

export interface PaymentRow {
  readonly i: string;
  readonly m: MomentRow;
  readonly a: readonly [amount: number, conversion: ConversionRow];
  readonly c?: readonly [cost: number, conversion: ConversionRow];
  readonly r?: readonly (readonly [refundId: string, amount: number, costRecovered: number, ...MomentRow])[];
}

export interface DocumentContext {
  readonly dayOf: (at: Instant) => DayNumber;
  readonly currency: string;
}

export function toDocument({ lead, deals, spend }: History): HistoryDocument {
  const own = lead === null ? null : leadRow(lead);
  return spend.length === 0 ? [own, deals.map(dealRow)] : [own, deals.map(dealRow), spend.map(spendRow)];
}

/** For the store, which knows JSON only: rows are JSON by their type. */
export const historyJson = (history: History): Json => toDocument(history) as unknown as Json;

export function fromDocument(document: HistoryDocument, context: DocumentContext): History {
  const [lead, deals, spend = []] = document;
  return {
    lead: lead === null ? null : leadOf(lead, context),
    deals: deals.map((row) => dealOf(row, context)),
    spend: spend.map(spendEntry),
  };
}

export const touchLogRows = (log: readonly TouchLogEntry[]): readonly TouchLogRow[] =>
  log.map((entry) => ('gone' in entry ? entry.gone : touchRow(entry)));

export const touchLogOf = (rows: readonly TouchLogRow[]): readonly TouchLogEntry[] =>
  rows.map((row) => (typeof row === 'string' ? { gone: row } : touchOf(row)));

const filled = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

function leadRow(lead: LeadHistory): LeadRow {
  const { head, tail, chunks, elsewhere, bound } = lead.touches;
  const first = lead.work.firstMarketing;
  return {
    c: lead.created === null ? null : momentRow(lead.created),
    o: originRow(lead.given),
    b: attributesRow(lead.baseline),
    s: lead.stages.map((entry) => [entry.stage, entry.pass, entry.revision, ...momentRow(entry)]),
    a: filled(lead.assignments.map(assignmentRow)),
    d: filled(lead.changes),
    h: filled(head.map(touchRow)),
    t: filled(touchLogRows(tail)),
    n: bound === null ? undefined : [chunks, elsewhere, bound.at, bound.position],
    m: first === null ? undefined : [first.touchId, first.at, first.position],
    w: filled(
      lead.work.sales.map(({ touchId, at, position, attempt, contact }) => [
        touchId,
        at,
        position,
        (attempt ? 1 : 0) + (contact ? 2 : 0),
      ]),
    ),
    x: filled(
      lead.exits.map((entry) => [
        EXITS.indexOf(entry.exit),
        entry.reason,
        entry.pass,
        entry.revision,
        ...momentRow(entry),
      ]),
    ),
    k: lead.creator ?? undefined,
    r: filled(lead.reviews.map(reviewRow)),
  };
}

function leadOf(row: LeadRow, context: DocumentContext): LeadHistory {
  const [chunks, elsewhere, at, position] = row.n ?? [0, 0, 0, 0];
  // Members in the order in which the fold makes them: histories of one shape are faster to work on.
  const lead: LeadHistory = {
    created: row.c === null ? null : momentOf(row.c, context),
    given: originOf(row.o),
    touches: {
      head: (row.h ?? []).map(touchOf),
      tail: touchLogOf(row.t ?? []),
      chunks,
      elsewhere,
      bound: row.n === undefined ? null : { at, position },
    },
    baseline: attributesOf(row.b),
    changes: row.d ?? [],
    assignments: (row.a ?? []).map(assignmentOf),
    stages: row.s.map(([stage, pass, revision, ...moment]): StageEntry => ({
      ...momentOf(moment, context),
      stage,
      pass,
      revision,
    })),
    exits: (row.x ?? []).map(([exit, reason, pass, revision, ...moment]): Exit => ({
      ...momentOf(moment, context),
      exit: EXITS[exit] ?? 'disqualified',
      reason,
      pass,
      revision,
    })),
    work: workOf(row),
    reviews: (row.r ?? []).map(reviewOf),
    creator: row.k ?? null,
    eras: [],
  };
  return { ...lead, eras: leadEras(lead, []) };
}

const reviewRow = (review: Review): ReviewRow => [
  review.pass,
  review.phase === 'outcome' ? 1 : 0,
  review.by,
  review.quality,
  review.needs,
  review.challenges,
  review.helped,
  review.wentWrong,
];

const reviewOf = ([pass, isOutcome, by, quality, needs, challenges, helped, wentWrong]: ReviewRow): Review => ({
  pass,
  phase: isOutcome === 1 ? 'outcome' : 'intake',
  by,
  quality,
  needs,
  challenges,
  helped,
  wentWrong,
});

function workOf({ m, w = [] }: LeadRow): Work {
  const sales = w.map(([touchId, at, position, flags]): SalesTouch => ({
    touchId,
    at,
    position,
    attempt: (flags & 1) === 1,
    contact: (flags & 2) === 2,
  }));
  return { firstMarketing: m === undefined ? null : { touchId: m[0], at: m[1], position: m[2] }, sales };
}

function dealRow(deal: DealHistory): DealRow {
  const { opened, baseline, close } = deal;
  return {
    i: deal.stream,
    o: [deal.kind, deal.pass, deal.openingAssumed ? 1 : 0, baseline.stage, ...momentRow(opened)],
    b: attributesRow(baseline),
    c: close === null ? undefined : [close.won ? 1 : 0, close.reason, ...momentRow(close)],
    v: filled(
      deal.values.map((change) => [change.at, change.position, change.value, conversionRow(change.conversion)]),
    ),
    a: filled(deal.assignments.map(assignmentRow)),
    d: filled(deal.products),
    s: filled(deal.stages),
    p: filled(deal.payments.map(paymentRow)),
    x: deal.annulled ? 1 : undefined,
  };
}

function dealOf(row: DealRow, context: DocumentContext): DealHistory {
  const [kind, pass, openingAssumed, stage, ...opened] = row.o;
  const deal = {
    stream: row.i,
    kind,
    pass,
    openingAssumed: openingAssumed === 1,
    opened: momentOf(opened, context),
    baseline: { ...attributesOf(row.b), stage },
    close: row.c === undefined ? null : closeOf(row.c, context),
    values: (row.v ?? []).map(([at, position, value, conversion]): ValueChange => ({
      at,
      position,
      value,
      conversion: conversionOf(conversion, context),
    })),
    assignments: (row.a ?? []).map(assignmentOf),
    products: row.d ?? [],
    stages: row.s ?? [],
    payments: (row.p ?? []).map((payment) => paymentOf(payment, context)),
    annulled: row.x === 1,
  };
  return { ...deal, eras: dealEras(deal) };
}

function closeOf([won, reason, ...moment]: NonNullable<DealRow['c']>, context: DocumentContext): Close {
  return { ...momentOf(moment, context), won: won === 1, reason };
}

export const paymentRow = (payment: PaymentEntry): PaymentRow => ({
  i: payment.paymentId,
  m: momentRow(payment),
  a: [payment.amount, conversionRow(payment.conversion)],
  c: payment.cost === null ? undefined : [payment.cost, conversionRow(payment.costConversion)],
  r: filled(
    payment.refunds.map((refund) => [refund.refundId, refund.amount, refund.costRecovered, ...momentRow(refund)]),
  ),
});

export function paymentOf(row: PaymentRow, context: DocumentContext): PaymentEntry {
  const conversion = conversionOf(row.a[1], context);
  return {
    ...momentOf(row.m, context),
    paymentId: row.i,
    amount: row.a[0],
    conversion,
    cost: row.c?.[0] ?? null,
    costConversion: row.c === undefined ? conversion : conversionOf(row.c[1], context),
    refunds: (row.r ?? []).map(([refundId, amount, costRecovered, ...moment]): RefundEntry => ({
      ...momentOf(moment, context),
      refundId,
      amount,
      costRecovered,
    })),
  };
}

export const momentRow = (moment: Moment): MomentRow => [moment.at, moment.position, moment.assumed ? 1 : 0];

export const momentOf = ([at, position, assumed]: MomentRow, context: DocumentContext): Moment => ({
  at,
  day: context.dayOf(at),
  position,
  assumed: assumed === 1,
});

const assignmentRow = ({ at, position, owner, team, revision }: Assignment): AssignmentRow => [
  at,
  position,
  owner,
  team,
  revision,
];

const assignmentOf = ([at, position, owner, team, revision]: AssignmentRow): Assignment => ({
  at,
  position,
  owner,
  team,
  revision,
});

const originRow = (origin: GivenOrigin): OriginRow => [origin.channel, origin.campaign, origin.content, origin.source];

const originOf = ([channel, campaign, content, source]: OriginRow): GivenOrigin => ({
  channel,
  campaign,
  content,
  source,
});

const touchRow = (touch: TouchEntry): TouchRow => [
  touch.touchId,
  touch.at,
  touch.position,
  touch.side,
  ...originRow(touch),
];

const touchOf = ([touchId, at, position, side, ...origin]: TouchRow): TouchEntry => ({
  touchId,
  at,
  position,
  side,
  ...originOf(origin),
});

const attributesRow = ({ segment, country, product, custom }: Attributes): AttributesRow => [
  segment,
  country,
  product,
  Object.keys(custom).length === 0 ? 0 : custom,
];

const attributesOf = ([segment, country, product, custom]: AttributesRow): Attributes => ({
  segment,
  country,
  product,
  custom: custom === 0 ? {} : custom,
});

/** 0: the organisation's own currency. */
const conversionRow = ({ currency, rate }: Conversion): ConversionRow => (rate === null ? 0 : [currency, rate]);

const conversionOf = (row: ConversionRow, context: DocumentContext): Conversion =>
  row === 0 ? { currency: context.currency, rate: null } : { currency: row[0], rate: row[1] };
