import { Inject } from '@nestjs/common';
import { Query as Question, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { calendarOf } from '#kernel/calendar.js';
import type { Query } from '#platform/questions/query-parameters.js';
import { READ_SIDE, type ReadSide } from '#platform/questions/read-side.js';
import { ROSTER, type TeamRoster } from '#platform/roster.js';
import { KNOWN_PLANS, type KnownPlans } from '../../plan/known-plans.js';
import { answerPlan, answerPlans, type PlanAnswer, type PlansAnswer, type PlansSide } from './answer-plans.js';

export class PlansQuery extends Question<PlansAnswer> {
  constructor(readonly query: Query) {
    super();
  }
}

export class PlanQuery extends Question<PlanAnswer> {
  constructor(
    readonly id: string,
    readonly query: Query,
  ) {
    super();
  }
}

@QueryHandler(PlansQuery)
export class PlansHandler implements IQueryHandler<PlansQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_PLANS) private readonly plans: KnownPlans,
    @Inject(ROSTER) private readonly roster: TeamRoster,
  ) {}

  execute({ query }: PlansQuery): Promise<PlansAnswer> {
    return answerPlans(plansSide(this.side, this.plans, this.roster), query);
  }
}

@QueryHandler(PlanQuery)
export class PlanHandler implements IQueryHandler<PlanQuery> {
  constructor(
    @Inject(READ_SIDE) private readonly side: ReadSide,
    @Inject(KNOWN_PLANS) private readonly plans: KnownPlans,
    @Inject(ROSTER) private readonly roster: TeamRoster,
  ) {}

  execute({ id, query }: PlanQuery): Promise<PlanAnswer> {
    return answerPlan(plansSide(this.side, this.plans, this.roster), id, query);
  }
}

const plansSide = (side: ReadSide, plans: KnownPlans, roster: TeamRoster): PlansSide => ({
  ...{ ...side, plans, roster },
  today: calendarOf(side.organisation).dayOf,
});
