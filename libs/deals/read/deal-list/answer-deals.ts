import { answerList, type ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { dealItem, type DealItem } from '../deal/answer-deal.js';
import type { DealDocument } from '../deal/deal-document.js';
import { DEAL_LIST } from '../deal/deal-views.js';

/** A page of deals; see `answerList`. */
export const answerDeals = (side: ReadSide, query: Query): Promise<ListAnswer<DealItem>> =>
  answerList<DealDocument, DealItem>(side, DEAL_LIST, query, dealItem);
