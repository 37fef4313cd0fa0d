import type { Team } from '#kernel/envelope.js';

/**
 * How a source's CSV files become leads, stages, deals, payments, touches and members: plain data, the same for a preset and for a
 * `--mapping` file. `README.md` beside this folder explains it for people; `parseMapping` checks it.
 */
export interface Mapping {
  readonly format: 1;
  readonly name: string;
  /** Namespace of the source's own ids: `uuidv5(system, id)` is a lead's id for ever, so it never changes. */
  readonly system: string;
  /** IANA zone of times that name none. */
  readonly zone?: string;
  /** ISO 4217; default the organisation's. */
  readonly currency?: string;
  /** What one unit of a currency is worth in the organisation's, where a row does not say. */
  readonly rates?: Readonly<Record<string, { readonly value: string; readonly source?: string; readonly on?: string }>>;
  /** The day assumed for what the source does not date; counts include it, durations never. */
  readonly undatedOn?: string;
  /** Layout of dates that are not ISO 8601, e.g. `MM/DD/YYYY hh:mm A`. */
  readonly dates?: string;
  readonly decimal?: '.' | ',';
  /** Texts that mean "no value", beside the empty cell. */
  readonly nulls?: readonly string[];
  /** Team of the members made from owner columns; default sales. */
  readonly ownerTeam?: Team;
  /** True: every file is a whole export, so a row that is no longer there is listed. */
  readonly complete?: boolean;
  readonly lookups?: Readonly<Record<string, LookupFile>>;
  readonly files: readonly FileMapping[];
}

export interface CsvFormat {
  /** File name with `*` and `?`; case does not matter. */
  readonly file: string;
  /** Default `,`. */
  readonly delimiter?: string;
  /** A WHATWG label; default utf-8. */
  readonly encoding?: string;
}

/** A file that is joined, never imported: each row is found by the text in its `key` column. */
export interface LookupFile extends CsvFormat {
  readonly key: string;
}

export interface FileMapping extends CsvFormat {
  readonly records: readonly RecordMapping[];
}

/** A cell's text: a column by name, or one of these. The first three pass through `translate`, where null means "no value". */
export type Value =
  | string
  | { readonly column: string; readonly translate?: Translation; readonly nulls?: readonly string[] }
  | {
      readonly lookup: string;
      readonly by: Value;
      readonly column: string;
      readonly required?: boolean;
      readonly translate?: Translation;
    }
  | { readonly first: readonly Value[]; readonly translate?: Translation }
  | { readonly constant: string };

export type Translation = Readonly<Record<string, string | null>>;

/** All that are named must hold. */
export interface Condition {
  readonly value: Value;
  readonly is?: readonly string[];
  readonly not?: readonly string[];
  readonly filled?: boolean;
  /** Whether the text begins with a minus, as an amount given back does in many files. */
  readonly negative?: boolean;
}

interface RecordBase {
  /** The record exists in a row only where all of these hold. */
  readonly when?: readonly Condition[];
  /** When it happened. Left out: `undatedOn`. An empty cell: `undatedOn` for leads, deals, and wherever `when` is given; else it has not happened. */
  readonly at?: Value;
  readonly fields?: Readonly<Record<string, Value>>;
}

export interface LeadRecord extends RecordBase {
  readonly kind: 'lead';
  readonly id: Value;
  /** True: all rows with this id are one lead, created at the least date, with the first value found for each field. */
  readonly once?: boolean;
}

export interface StageRecord extends RecordBase {
  readonly kind: 'stage';
  readonly lead: Value;
  /** mql, sal, sql, rejected, recycled or disqualified. */
  readonly stage: Value;
}

export interface DealRecord extends RecordBase {
  readonly kind: 'deal';
  readonly id: Value;
  readonly lead?: Value;
}

export interface CloseRecord extends RecordBase {
  readonly kind: 'close';
  readonly deal: Value;
  readonly lead?: Value;
  /** won or lost. */
  readonly outcome: Value;
  /** The deal's fields, for a source that knows a deal only by its close: it is then opened at the close, marked as assumed. */
  readonly opens?: { readonly fields?: Readonly<Record<string, Value>> };
}

export interface PaymentRecord extends RecordBase {
  readonly kind: 'payment';
  readonly deal: Value;
  readonly lead?: Value;
  /** Default: the deal's id, one payment a deal. */
  readonly id?: Value;
}

export interface RefundRecord extends RecordBase {
  readonly kind: 'refund';
  readonly deal: Value;
  readonly lead?: Value;
  /** The payment's id as its record has it; default: the deal's one payment. */
  readonly payment?: Value;
  /** Default: the payment's id, one refund a payment. */
  readonly id?: Value;
}

export interface TouchRecord extends RecordBase {
  readonly kind: 'touch';
  readonly lead: Value;
  /** Default: a digest of the touch itself. */
  readonly id?: Value;
}

export interface SpendRecord extends RecordBase {
  readonly kind: 'spend';
  /** By name, as touches name it; a campaign that nobody has defined is defined by the first row that needs it. Left out: of the channel alone. */
  readonly campaign?: Value;
  /** Default: what tells rows of one day apart, i.e. day, campaign (else channel), source, medium and kind. */
  readonly id?: Value;
}

export interface MemberRecord extends RecordBase {
  readonly kind: 'member';
  readonly handle: Value;
}

export type RecordMapping =
  | LeadRecord
  | StageRecord
  | DealRecord
  | CloseRecord
  | PaymentRecord
  | RefundRecord
  | TouchRecord
  | SpendRecord
  | MemberRecord;
export type RecordKind = RecordMapping['kind'];

const ORIGIN = ['channel', 'source', 'medium', 'campaign', 'content'] as const;

/** What one unit of the row's currency is worth in the organisation's. */
const RATE = ['rate', 'rateSource', 'rateOn'] as const;

/** Which fields a record's `fields` may name, beside `dimension.<name>` of leads and deals. */
export const FIELDS_OF: Readonly<Record<RecordKind, readonly string[]>> = {
  lead: [
    'person.email',
    'person.firstName',
    'person.lastName',
    'person.phone',
    'company',
    ...ORIGIN,
    'segment',
    'country',
    'product',
    'owner',
  ],
  stage: ['reason', 'note', 'until', 'definition'],
  deal: [
    'kind',
    'account',
    'product',
    'segment',
    'country',
    'stage',
    'value',
    'currency',
    ...RATE,
    'expectedCloseOn',
    'owner',
  ],
  close: ['value', 'currency', ...RATE, 'reason', 'note'],
  payment: ['amount', 'tax', 'cost', 'currency', ...RATE, 'reference'],
  refund: ['kind', 'amount', 'costRecovered', 'currency', 'reason'],
  touch: ['kind', ...ORIGIN, 'member', 'direction', 'automated', 'outcome', 'recordingUrl', 'note'],
  spend: ['channel', 'source', 'medium', 'kind', 'amount', 'currency', ...RATE, 'impressions', 'clicks'],
  member: ['team', 'role', 'manager', 'aliases'],
};
export const TAKES_DIMENSIONS: ReadonlySet<RecordKind> = new Set(['lead', 'deal']);
