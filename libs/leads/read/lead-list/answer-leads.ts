import { answerList, type ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import { leadItem, type LeadItem } from '../lead/answer-lead.js';
import type { LeadDocument } from '../lead/lead-document.js';
import { LEAD_LIST } from '../lead/lead-views.js';

/** A page of leads; see `answerList`. */
export const answerLeads = (side: ReadSide, query: Query): Promise<ListAnswer<LeadItem>> =>
  answerList<LeadDocument, LeadItem>(side, LEAD_LIST, query, leadItem);
