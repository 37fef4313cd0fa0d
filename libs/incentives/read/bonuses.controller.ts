import { applyDecorators, Controller, Get, Query, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { rendered } from '#figures/read/rendered.js';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { accrualsCsv } from './accruals/accruals-csv.js';
import type { AccrualsAnswer } from './accruals/answer-accruals.js';
import { ACCRUALS_EXAMPLE, DISPUTES_EXAMPLE, STATEMENTS_EXAMPLE } from './bonus-examples.js';
import { AccrualsQuery, DisputesQuery, StatementsQuery } from './bonus-queries.js';
import type { DisputesAnswer } from './disputes/answer-disputes.js';
import { ownPay } from './own-pay.js';
import type { StatementsAnswer } from './statements/answer-statements.js';
import { statementsCsv } from './statements/statements-csv.js';

const ABOUT = {
  plan: { example: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', description: 'Only of this plan.' },
  period: { example: '2026-03', description: 'Only of this month, quarter or year.' },
  member: {
    example: 'mia',
    description: 'Only of this member. A key of marketing or sales asks about its own member only.',
  },
  status: { example: 'approved', description: 'Only with this status.' },
  format: { enum: ['json', 'csv'], description: 'csv: one row a line.' },
};

const Takes = (...names: (keyof typeof ABOUT)[]): MethodDecorator =>
  applyDecorators(...names.map((name) => ApiQuery({ name, required: false, ...ABOUT[name] })));

@ApiTags('bonuses')
@Controller('bonuses')
export class BonusesController {
  constructor(private readonly bus: QueryBus) {}

  @Get('statements')
  @DescribeQuestion(
    'What people are paid, line by line, with the arithmetic and what it stands on',
    STATEMENTS_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @Takes('plan', 'period', 'member', 'status', 'format')
  async statements(
    @Query() given: Parameters,
    @Req() { principal }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StatementsAnswer | string> {
    const query = ownPay(principal, given);
    return rendered(query, await this.bus.execute(new StatementsQuery(query)), statementsCsv, reply);
  }

  @Get('accruals')
  @DescribeQuestion(
    'Per plan and person: earned and not approved, approved and not paid, held, at risk of being taken back, owed',
    ACCRUALS_EXAMPLE,
    'minPosition',
    'knownAt',
  )
  @Takes('plan', 'member', 'format')
  async accruals(
    @Query() given: Parameters,
    @Req() { principal }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<AccrualsAnswer | string> {
    const query = ownPay(principal, given);
    return rendered(query, await this.bus.execute(new AccrualsQuery(query)), accrualsCsv, reply);
  }

  @Get('disputes')
  @DescribeQuestion('Disputes about statements, and how they were ruled on', DISPUTES_EXAMPLE, 'minPosition', 'knownAt')
  @Takes('plan', 'period', 'member', 'status')
  disputes(@Query() query: Parameters, @Req() { principal }: FastifyRequest): Promise<DisputesAnswer> {
    return this.bus.execute(new DisputesQuery(ownPay(principal, query)));
  }
}
