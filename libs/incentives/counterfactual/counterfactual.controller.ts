import { Body, Controller, HttpCode, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { STATEMENTS_EXAMPLE } from '../read/bonus-examples.js';
import type { CounterfactualAnswer } from './answer-counterfactual.js';
import { CounterfactualQuery } from './counterfactual.query.js';
import { CounterfactualRequest, counterfactualOf } from './counterfactual.request.js';

const LEAD = '7d444840-9dc0-11d1-b245-5ffdce74fad2';
const ASKED = {
  plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
  period: '2026-03',
  leads: [LEAD],
  add: [{ kind: 'touch', lead: LEAD, at: '2026-02-03T10:00:00Z', touchKind: 'webinar', member: 'mia' }],
};
const { statements, asOf, timeZone, currency } = STATEMENTS_EXAMPLE;
const eur = { amount: '25.00', currency: 'EUR' };
const ANSWER = {
  ...{ asOf, timeZone, currency, plan: ASKED.plan, period: ASKED.period, dispute: null, leads: ASKED.leads },
  members: [{ member: 'mia', before: null, after: statements[0], difference: eur, overall: eur }],
  warnings: [],
};

@ApiTags('bonuses')
@Controller('bonuses/counterfactual')
export class CounterfactualController {
  constructor(private readonly bus: QueryBus) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'The statements of a period had events been others: for everyone whom it concerns, before and after',
    description:
      'Judges the leads again with events removed, touches, owners or costs added, or another split, with what was known at each moment. Records nothing.',
  })
  @ApiBody({ type: CounterfactualRequest, examples: { example: { value: ASKED } } })
  @ApiOkResponse({
    description: 'The answer.',
    content: { 'application/json': { schema: { type: 'object' }, example: ANSWER } },
  })
  ask(@Body() body: CounterfactualRequest): Promise<CounterfactualAnswer> {
    return this.bus.execute(new CounterfactualQuery(counterfactualOf(body)));
  }
}
