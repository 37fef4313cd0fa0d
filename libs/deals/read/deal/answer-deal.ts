import { dealStream } from '../../events/deal-events.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { moneyText, type Money, type MoneyText, type Rate } from '#kernel/money.js';
import { instantText } from '#kernel/time.js';
import { answerOne, type OneAnswer } from '#platform/questions/one.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { instantOrNull, wireData } from '#platform/questions/wire.js';
import { projectDeal, type DealDocument } from './deal-document.js';
import { DEALS_PROCESSOR, DEAL_LIST } from './deal-views.js';

/** A deal on the wire. */
export interface DealItem {
  readonly id: string;
  readonly revision: number;
  readonly lead: string | null;
  readonly pass: number | null;
  readonly kind: string;
  readonly status: string;
  readonly stage: string;
  readonly account: string | null;
  readonly product: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  readonly value: MoneyText | null;
  readonly rate: Rate | null;
  readonly expectedCloseOn: string | null;
  readonly owner: string | null;
  readonly team: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly openedAt: string;
  readonly closedAt: string | null;
  readonly lossReason: string | null;
  readonly winReason: string | null;
  readonly payments: readonly unknown[];
}

export type DealAnswer = OneAnswer<DealItem>;

/** One deal, as it stands or as the ledger knew it at `knownAt`. Throws `DEAL.NOT_FOUND`, `QUERY.*`. */
export const answerDeal = (side: ReadSide, id: Uuid, query: Query): Promise<DealAnswer> =>
  answerOne<DealDocument, DealItem>(side, query, {
    processor: DEALS_PROCESSOR,
    view: DEAL_LIST.view,
    id,
    stream: dealStream(id),
    project: projectDeal,
    itemOf: dealItem,
    notFound: () => new DomainError('not-found', 'DEAL.NOT_FOUND', `there is no deal ${id}, or it was not known then`),
  });

export const dealItem = (deal: DealDocument): DealItem => ({
  id: deal.id,
  revision: deal.revision,
  lead: deal.lead,
  pass: deal.pass,
  kind: deal.kind,
  status: deal.status,
  stage: deal.stage,
  account: deal.account,
  product: deal.product,
  segment: deal.segment,
  country: deal.country,
  value: textOrNull(deal.value),
  rate: deal.rate,
  expectedCloseOn: deal.expectedCloseOn,
  owner: deal.owner,
  team: deal.team,
  dimensions: deal.dimensions,
  openedAt: instantText(deal.openedAt),
  closedAt: instantOrNull(deal.closedAt),
  lossReason: deal.lossReason,
  winReason: deal.winReason,
  payments: deal.payments.map((payment) =>
    wireData({
      ...payment,
      ...timed(payment),
      refunds: payment.refunds.map((refund) => ({ ...refund, ...timed(refund) })),
    }),
  ),
});

const timed = ({ occurredAt }: { readonly occurredAt: number }) => ({ occurredAt: instantText(occurredAt) });

const textOrNull = (money: Money | null): MoneyText | null => (money === null ? null : moneyText(money));
