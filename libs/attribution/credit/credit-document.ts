import {
  momentOf,
  momentRow,
  paymentOf,
  paymentRow,
  type DocumentContext,
  type MomentRow,
  type PaymentRow,
} from '#figures/history/document.js';
import type { DealKind } from '#deals/events/deal-events.js';
import type { Team } from '#kernel/envelope.js';
import type { Json } from '#kernel/json.js';
import type { Instant } from '#kernel/time.js';
import type { CreditHistory, CreditTouch, DealCredit, LeadCredit, TouchOrigin } from './credit-history.js';
import type { Ranked, TouchLogEntry } from './touch-list.js';

/** A history as it is stored: rows instead of objects. `fromDocument(toDocument(h))` credits exactly what `h` does. */
export type CreditDocument = readonly [lead: LeadRow | null, deals: readonly DealRow[]];

type OriginRow = readonly [string | null, string | null, string | null, string | null, string | null];
type TouchRow = readonly [
  touchId: string,
  at: Instant,
  position: number,
  kind: string,
  team: Team | null,
  member: string | null,
  ...origin: OriginRow,
];
/** A text: the touch of this id is gone. */
export type TouchLogRow = TouchRow | string;

interface LeadRow {
  readonly c?: readonly [at: Instant, position: number];
  readonly o?: OriginRow;
  readonly l?: readonly TouchRow[];
  readonly t?: readonly TouchLogRow[];
  /** chunks, elsewhere, bound */
  readonly n?: readonly [number, number, Instant, string | null, string, string];
}

interface DealRow {
  readonly i: string;
  readonly k: DealKind;
  readonly o: Instant;
  readonly w?: MomentRow;
  readonly p?: readonly PaymentRow[];
  readonly x?: 1;
}

/** For the store, which knows JSON only: rows are JSON by their type. */
export const creditJson = (history: CreditHistory): Json => toDocument(history) as unknown as Json;

export const toDocument = ({ lead, deals }: CreditHistory): CreditDocument => [
  lead === null ? null : leadRow(lead),
  deals.map(dealRow),
];

export const fromDocument = ([lead, deals]: CreditDocument, context: DocumentContext): CreditHistory => ({
  lead: lead === null ? null : leadOf(lead),
  deals: deals.map((row) => dealOf(row, context)),
});

export const touchLogRows = (log: readonly TouchLogEntry[]): readonly TouchLogRow[] =>
  log.map((entry) => ('gone' in entry ? entry.gone : touchRow(entry)));

export const touchLogOf = (rows: readonly TouchLogRow[]): readonly TouchLogEntry[] =>
  rows.map((row) => (typeof row === 'string' ? { gone: row } : touchOf(row)));

const filled = <T>(list: readonly T[]): readonly T[] | undefined => (list.length === 0 ? undefined : list);

function leadRow({ created, origin, touches }: LeadCredit): LeadRow {
  const { latest, tail, chunks, elsewhere, bound } = touches;
  const from = originRow(origin);
  return {
    c: created === null ? undefined : [created.at, created.position],
    o: from.every((text) => text === null) ? undefined : from,
    l: filled(latest.map(touchRow)),
    t: filled(touchLogRows(tail)),
    n:
      bound === null && chunks === 0
        ? undefined
        : [chunks, elsewhere, bound?.at ?? 0, bound?.channel ?? null, bound?.kind ?? '', bound?.touchId ?? ''],
  };
}

function leadOf(row: LeadRow): LeadCredit {
  const [chunks, elsewhere, at, channel, kind, touchId] = row.n ?? [0, 0, 0, null, '', ''];
  const bound: Ranked | null = touchId === '' ? null : { at, channel, kind, touchId };
  return {
    created: row.c === undefined ? null : { at: row.c[0], position: row.c[1] },
    origin: originOf(row.o ?? [null, null, null, null, null]),
    touches: { latest: (row.l ?? []).map(touchOf), tail: touchLogOf(row.t ?? []), chunks, elsewhere, bound },
    originTouch: null,
    openPaths: null,
  };
}

const dealRow = (deal: DealCredit): DealRow => ({
  i: deal.stream,
  k: deal.kind,
  o: deal.openedAt,
  w: deal.won === null ? undefined : momentRow(deal.won),
  p: filled(deal.payments.map(paymentRow)),
  x: deal.annulled ? 1 : undefined,
});

const dealOf = (row: DealRow, context: DocumentContext): DealCredit => ({
  stream: row.i,
  kind: row.k,
  openedAt: row.o,
  won: row.w === undefined ? null : momentOf(row.w, context),
  payments: (row.p ?? []).map((payment) => paymentOf(payment, context)),
  annulled: row.x === 1,
});

const touchRow = (touch: CreditTouch): TouchRow => [
  touch.touchId,
  touch.at,
  touch.position,
  touch.kind,
  touch.team,
  touch.member,
  touch.channel,
  touch.campaign,
  touch.content,
  touch.source,
  touch.medium,
];

const touchOf = ([touchId, at, position, kind, team, member, ...origin]: TouchRow): CreditTouch => ({
  touchId,
  at,
  position,
  kind,
  team,
  member,
  ...originOf(origin),
  dims: null,
});

const originRow = ({ channel, campaign, content, source, medium }: TouchOrigin): OriginRow => [
  channel,
  campaign,
  content,
  source,
  medium,
];

const originOf = ([channel, campaign, content, source, medium]: OriginRow): TouchOrigin => ({
  channel,
  campaign,
  content,
  source,
  medium,
});
