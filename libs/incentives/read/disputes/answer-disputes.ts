import { moneyText, type MoneyText } from '#kernel/money.js';
import { instantText } from '#kernel/time.js';
import { refuseUnknown, valueOf, type Query } from '#platform/questions/query-parameters.js';
import type { Dispute } from '../../statements/bonus-book.js';
import { askBook, type BonusSide, type BookHead } from '../book-question.js';

export interface DisputeItem {
  readonly id: string;
  readonly plan: string;
  readonly member: string;
  readonly period: string;
  readonly status: 'open' | 'ruled';
  readonly by: string;
  readonly at: string;
  readonly authenticated: boolean;
  /** null where whoever wrote it was erased. */
  readonly reason: string | null;
  readonly ruling: RulingItem | null;
}

export interface RulingItem {
  readonly by: string;
  readonly at: string;
  readonly authenticated: boolean;
  readonly upheld: boolean;
  readonly reason: string | null;
  readonly bookedIn: string;
  readonly amounts: readonly { readonly member: string; readonly amount: MoneyText }[];
}

export interface DisputesAnswer extends BookHead {
  readonly items: readonly DisputeItem[];
}

export const DISPUTE_PARAMETERS = ['plan', 'period', 'member', 'status', 'knownAt', 'minPosition'] as const;

/** Disputes in the order in which they were raised; `member`: about whose statement. Throws `QUERY.*`. */
export function answerDisputes(side: BonusSide, query: Query): Promise<DisputesAnswer> {
  refuseUnknown(query, DISPUTE_PARAMETERS);
  const wanted = {
    plan: valueOf(query, 'plan')?.toLowerCase(),
    period: valueOf(query, 'period'),
    member: valueOf(query, 'member'),
    status: valueOf(query, 'status'),
  };
  const isWanted = (item: DisputeItem): boolean =>
    (['plan', 'period', 'member', 'status'] as const).every(
      (name) => wanted[name] === undefined || wanted[name] === item[name],
    );
  return askBook(side, query, (book) => ({
    items: [...book.disputes.values()].map(disputeItem).filter(isWanted),
    warnings: [],
  }));
}

export function disputeItem({ raised, ruled }: Dispute): DisputeItem {
  const { planId, member, period, disputeId, reason, by } = raised.data;
  return {
    id: disputeId,
    plan: planId,
    member,
    period,
    status: ruled === null ? 'open' : 'ruled',
    by,
    at: instantText(raised.at),
    authenticated: raised.authenticated,
    reason: readable(reason),
    ruling:
      ruled === null
        ? null
        : {
            by: ruled.by,
            at: instantText(ruled.at),
            authenticated: ruled.authenticated,
            upheld: ruled.data.upheld,
            reason: readable(ruled.data.reason),
            bookedIn: ruled.data.bookedIn,
            amounts: ruled.data.amounts.map(({ member: of, minor }) => ({
              member: of,
              amount: moneyText({ minor, currency: ruled.data.currency }),
            })),
          },
  };
}

/** Of an export, where it is still encrypted, or of somebody who was erased there is nothing to read. */
const readable = (text: unknown): string | null => (typeof text === 'string' ? text : null);
