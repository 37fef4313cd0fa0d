import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Uuid } from '#kernel/ids.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { OneAnswer } from '#platform/questions/one.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerLeadReviewLeads, type LeadReviewLeads } from '../report/lead-review-leads.js';
import { answerLeadReviews, type LeadReviewsAnswer } from '../report/lead-reviews.js';
import { answerSessionReport, type SessionReport } from '../report/session-report.js';
import { answerSession, answerSessions, type SessionAnswer, type SessionItem } from './session/answer-sessions.js';

export class LeadReviewsQuery extends Question<LeadReviewsAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

export class LeadReviewLeadsQuery extends Question<LeadReviewLeads> {
  constructor(readonly query: Query) {
    super();
  }
}

export class SessionsQuery extends Question<ListAnswer<SessionItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

export class SessionQuery extends Question<OneAnswer<SessionAnswer>> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

export class SessionReportQuery extends Question<SessionReport> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(LeadReviewsQuery)
export class LeadReviewsHandler implements IQueryHandler<LeadReviewsQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: LeadReviewsQuery): Promise<LeadReviewsAnswer> {
    return answerLeadReviews(this.side, query);
  }
}

@QueryHandler(LeadReviewLeadsQuery)
export class LeadReviewLeadsHandler implements IQueryHandler<LeadReviewLeadsQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: LeadReviewLeadsQuery): Promise<LeadReviewLeads> {
    return answerLeadReviewLeads(this.side, query);
  }
}

@QueryHandler(SessionsQuery)
export class SessionsHandler implements IQueryHandler<SessionsQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: SessionsQuery): Promise<ListAnswer<SessionItem>> {
    return answerSessions(this.side, query);
  }
}

@QueryHandler(SessionQuery)
export class SessionHandler implements IQueryHandler<SessionQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: SessionQuery): Promise<OneAnswer<SessionAnswer>> {
    return answerSession(this.side, id, query);
  }
}

@QueryHandler(SessionReportQuery)
export class SessionReportHandler implements IQueryHandler<SessionReportQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: SessionReportQuery): Promise<SessionReport> {
    return answerSessionReport(this.side, id, query);
  }
}
