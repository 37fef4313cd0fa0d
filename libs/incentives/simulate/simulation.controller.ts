import { Body, Controller, HttpCode, Inject, Post } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiBody, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { calendarOf } from '#kernel/calendar.js';
import { ORGANISATION, type Organisation } from '#platform/organisation.js';
import { STATEMENTS_EXAMPLE } from '../read/bonus-examples.js';
import { TERMS_EXAMPLE } from '../write/plan-terms.request.js';
import type { SimulationAnswer } from './answer-simulation.js';
import { SimulationQuery } from './simulation.query.js';
import { askedSimulation, SimulationRequest } from './simulation.request.js';

const ASKED = { terms: TERMS_EXAMPLE, from: '2026-01-01', to: '2026-12-31' };
const money = (amount: string) => ({ amount, currency: 'EUR' });
const compared = { proposed: money('500.00'), current: money('300.00'), difference: money('200.00') };
const { asOf, timeZone, currency } = STATEMENTS_EXAMPLE;
const ANSWER = {
  ...{ asOf, timeZone, currency, from: ASKED.from, to: ASKED.to, plan: null, leads: 12, milestones: 1 },
  cost: compared,
  periods: [{ period: '2026-03', ...compared }],
  members: [{ member: 'mia', ...compared }],
  warnings: [],
};

@ApiTags('bonuses')
@Controller('bonuses/simulate')
export class SimulationController {
  constructor(
    private readonly bus: QueryBus,
    @Inject(ORGANISATION) private readonly organisation: Organisation,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiOperation({
    summary: 'What a proposed plan would have cost on the same history, and who would have had more or less',
    description:
      'As if it had been signed and accepted by everybody, and everything had been recorded when it happened. `plan` names one to compare with. Records nothing.',
  })
  @ApiBody({ type: SimulationRequest, examples: { example: { value: ASKED } } })
  @ApiOkResponse({
    description: 'The answer.',
    content: { 'application/json': { schema: { type: 'object' }, example: ANSWER } },
  })
  ask(@Body() body: SimulationRequest): Promise<SimulationAnswer> {
    const today = calendarOf(this.organisation).dayOf(Date.now());
    return this.bus.execute(new SimulationQuery(askedSimulation(body, today)));
  }
}
