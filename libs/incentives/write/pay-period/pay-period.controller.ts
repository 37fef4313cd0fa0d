import { Body, Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { PayPeriodCommand } from './pay-period.command.js';
import { payPeriodInputOf, PayPeriodRequest } from './pay-period.request.js';
import { memberAnswers, planPeriodOf } from '../plan-period.request.js';

@ApiTags('bonuses')
@Controller('bonuses/statements')
export class PayPeriodController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly bus: CommandBus,
  ) {}

  @CommandRoute('pay-period', {
    summary: "Finance has paid everybody's approved statement of a period; one answer a member",
    body: PayPeriodRequest,
    example: { plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', period: '2026-03', reference: 'SEPA 2026-04-15' },
    event: 'statement.paid',
  })
  async run(
    @Body() body: PayPeriodRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReturnType<typeof memberAnswers>> {
    const context = await this.endpoint.context({ request, reply }, { route: 'pay-period', target: '', body });
    return memberAnswers(
      await this.bus.execute(new PayPeriodCommand(context, planPeriodOf(body), payPeriodInputOf(body))),
      context,
    );
  }
}
