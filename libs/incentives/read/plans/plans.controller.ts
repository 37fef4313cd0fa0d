import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { AS_OF_EXAMPLE, DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { TERMS_EXAMPLE } from '../../write/plan-terms.request.js';
import type { PlanAnswer, PlanItem, PlansAnswer } from './answer-plans.js';
import { PlanQuery, PlansQuery } from './plans.query.js';

const ITEM: PlanItem = {
  id: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
  name: 'Marketing 2026',
  grain: 'month',
  status: 'active',
  holds: 1,
  latest: 1,
  endsOn: null,
};

const SIGNED = { at: '2025-12-18T10:00:00Z', authenticated: true };

const ONE: PlanAnswer = {
  asOf: AS_OF_EXAMPLE,
  ...ITEM,
  versions: [
    {
      version: 1,
      hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
      terms: TERMS_EXAMPLE,
      status: 'active',
      draftedBy: 'hanna',
      draftedAt: '2025-12-17T10:00:00Z',
      activeAt: '2025-12-18T10:00:00Z',
      signatures: [
        { as: 'marketing', member: 'hanna', ...SIGNED },
        { as: 'sales', member: 'henry', ...SIGNED },
        { as: 'finance', member: 'fiona', ...SIGNED },
      ],
      unsigned: [],
      acceptances: [{ member: 'mia', ...SIGNED }],
      notAccepted: ['max'],
    },
  ],
  pools: [],
};

@ApiTags('bonuses')
@Controller('bonuses/plans')
export class PlansController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion('The plans for bonuses', { asOf: AS_OF_EXAMPLE, items: [ITEM] }, 'minPosition', 'knownAt')
  list(@Query() query: Parameters): Promise<PlansAnswer> {
    return this.bus.execute(new PlansQuery(query));
  }

  @Get(':id')
  @DescribeQuestion(
    'A plan: every version with its terms, hash, signatures and acceptances, and who has not accepted yet',
    ONE,
    'minPosition',
    'knownAt',
  )
  one(@Param('id') id: string, @Query() query: Parameters): Promise<PlanAnswer> {
    return this.bus.execute(new PlanQuery(id, query));
  }
}
