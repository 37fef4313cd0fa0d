import { moneyText, type MoneyText } from '#kernel/money.js';
import type { Instant } from '#kernel/time.js';
import { refuseUnknown, valueOf, type Query } from '#platform/questions/query-parameters.js';
import { askBook, type BonusSide, type BookHead } from '../book-question.js';
import { ACCRUALS, accrualsOf, type Accrual, type AccrualName } from './accruals.js';

export interface AccrualItem extends Readonly<Record<AccrualName, MoneyText>> {
  readonly plan: string;
  readonly planName: string | null;
  readonly member: string;
  /** Whether they are in no team any more. */
  readonly hasLeft: boolean;
}

export interface AccrualsAnswer extends BookHead {
  readonly rows: readonly AccrualItem[];
  readonly total: Readonly<Record<AccrualName, MoneyText>>;
}

export const ACCRUAL_PARAMETERS = ['plan', 'member', 'knownAt', 'minPosition', 'format'] as const;

/** What is owed, waits or may be taken back, per plan and person. Throws `QUERY.*`. */
export function answerAccruals(side: BonusSide, query: Query): Promise<AccrualsAnswer> {
  refuseUnknown(query, ACCRUAL_PARAMETERS);
  const wanted = { planId: valueOf(query, 'plan')?.toLowerCase(), member: valueOf(query, 'member') };
  return askBook(side, query, (book, moment: Instant) => {
    const found = accrualsOf(book, wanted, moment);
    const amounts = (accruals: readonly Accrual[]): Record<AccrualName, MoneyText> => {
      const sum = (name: AccrualName): MoneyText =>
        moneyText({ minor: accruals.reduce((total, one) => total + one[name], 0), currency: book.currency });
      return Object.fromEntries(ACCRUALS.map((name) => [name, sum(name)])) as Record<AccrualName, MoneyText>; // every name
    };
    return {
      rows: found.map((accrual) => ({
        plan: accrual.planId,
        planName: [...(book.plans.get(accrual.planId)?.versions.values() ?? [])].at(-1)?.terms.name ?? null,
        member: accrual.member,
        hasLeft: accrual.hasLeft,
        ...amounts([accrual]),
      })),
      total: amounts(found),
      warnings: [],
    };
  });
}
