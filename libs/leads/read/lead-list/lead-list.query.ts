import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { IDENTITY_HASHER, type IdentityHasher } from '#platform/identity.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import type { LeadItem } from '../lead/answer-lead.js';
import { answerLeads, type LeadListSide } from './answer-leads.js';

export class LeadListQuery extends Question<ListAnswer<LeadItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(LeadListQuery)
export class LeadListHandler implements IQueryHandler<LeadListQuery> {
  private readonly side: LeadListSide;

  constructor(@Inject(READ_SIDE) side: ReadSide, @Inject(IDENTITY_HASHER) hasher: IdentityHasher) {
    this.side = { ...side, hasher };
  }

  execute({ query }: LeadListQuery): Promise<ListAnswer<LeadItem>> {
    return answerLeads(this.side, query);
  }
}
