import { applyDecorators, Controller, Get, Query, Req } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { DescribeQuestion } from '#platform/openapi/question.js';
import type { Query as Parameters } from '#platform/questions/query-parameters.js';
import { STATEMENTS_EXAMPLE } from '../read/bonus-examples.js';
import type { NextAnswer } from './answer-next.js';
import { NextQuery } from './next.query.js';
import { forEyesOf } from './own-part.js';

const { asOf, timeZone, currency } = STATEMENTS_EXAMPLE;
const money = (amount: string) => ({ amount, currency: 'EUR' });
const LEAD = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const EXAMPLE = {
  ...{ asOf, timeZone, currency, plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', warnings: [], refund: null },
  ahead: [
    {
      ...{ lead: LEAD, tier: 'first', reward: { kind: 'fixed', amount: money('500.00'), percent: null } },
      ...{ threshold: money('5000.00'), reached: money('4400.00'), missing: money('600.00') },
      ...{ obstacle: null, withoutCost: money('0.00') },
    },
  ],
  atRisk: [
    {
      ...{ lead: LEAD, tier: 'first', crossing: 1, reward: money('500.00'), until: '2027-03-14' },
      ...{ cushion: money('250.00'), members: [{ member: 'mia', amount: money('500.00') }] },
    },
  ],
};

const Takes = (): MethodDecorator =>
  applyDecorators(
    ApiQuery({ name: 'plan', required: true, example: EXAMPLE.plan, description: 'The plan.' }),
    ApiQuery({
      name: 'closeness',
      required: false,
      example: '50',
      description: 'Leads that have at least so many percent of a threshold; default 50.',
    }),
    ApiQuery({ name: 'limit', required: false, example: '50', description: 'At most so many of each; default 50.' }),
    ApiQuery({
      name: 'refund',
      required: false,
      description: 'Id of a payment: what its refund would cost whom.',
    }),
    ApiQuery({
      name: 'amount',
      required: false,
      example: '250.00',
      description: 'How much of it, in the organisation’s currency; default: all that is left.',
    }),
  );

@ApiTags('bonuses')
@Controller('bonuses/next')
export class NextController {
  constructor(private readonly bus: QueryBus) {}

  @Get()
  @DescribeQuestion(
    'Leads close to a milestone and what they lack, and rewards that refunds may still take back',
    EXAMPLE,
    'minPosition',
  )
  @Takes()
  async ask(@Query() query: Parameters, @Req() { principal }: FastifyRequest): Promise<NextAnswer> {
    return forEyesOf(principal, await this.bus.execute(new NextQuery(query)));
  }
}
