import { moneyText, type MoneyText } from '#kernel/money.js';
import { answerList, type ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { SPEND_LIST } from '../campaign-views.js';
import type { SpendDocument } from './spend-document.js';

/** A spend on the wire. */
export interface SpendItem extends Omit<SpendDocument, 'amount'> {
  readonly amount: MoneyText;
}

/** A page of spend as it stands; see `answerList`. */
export const answerSpend = (side: ReadSide, query: Query): Promise<ListAnswer<SpendItem>> =>
  answerList<SpendDocument, SpendItem>(side, SPEND_LIST, query, (spend) => ({
    ...spend,
    amount: moneyText(spend.amount),
  }));
