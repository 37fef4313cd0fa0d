import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Uuid } from '#kernel/ids.js';
import type { ListAnswer } from '#platform/questions/list.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { answerCampaign, answerCampaigns, type CampaignAnswer, type CampaignItem } from './campaign/answer-campaign.js';
import { answerSpend, type SpendItem } from './spend-list/answer-spend.js';

export class CampaignListQuery extends Question<ListAnswer<CampaignItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

export class CampaignQuery extends Question<CampaignAnswer> {
  constructor(
    readonly id: Uuid,
    readonly query: Query,
  ) {
    super();
  }
}

export class SpendListQuery extends Question<ListAnswer<SpendItem>> {
  constructor(readonly query: Query) {
    super();
  }
}

@QueryHandler(CampaignListQuery)
export class CampaignListHandler implements IQueryHandler<CampaignListQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: CampaignListQuery): Promise<ListAnswer<CampaignItem>> {
    return answerCampaigns(this.side, query);
  }
}

@QueryHandler(CampaignQuery)
export class CampaignHandler implements IQueryHandler<CampaignQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ id, query }: CampaignQuery): Promise<CampaignAnswer> {
    return answerCampaign(this.side, id, query);
  }
}

@QueryHandler(SpendListQuery)
export class SpendListHandler implements IQueryHandler<SpendListQuery> {
  constructor(@Inject(READ_SIDE) private readonly side: ReadSide) {}

  execute({ query }: SpendListQuery): Promise<ListAnswer<SpendItem>> {
    return answerSpend(this.side, query);
  }
}
