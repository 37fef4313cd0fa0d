import { Body, Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { ApprovePeriodCommand } from './approve-period.command.js';
import { memberAnswers, planPeriodOf, PlanPeriodRequest } from '../plan-period.request.js';

@ApiTags('bonuses')
@Controller('bonuses/statements')
export class ApprovePeriodController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly bus: CommandBus,
  ) {}

  @CommandRoute('approve-period', {
    summary: "Approves everybody's drafted statement of a period; one answer a member, each judged alone",
    body: PlanPeriodRequest,
    example: { plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', period: '2026-03' },
    event: 'statement.approved',
  })
  async run(
    @Body() body: PlanPeriodRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReturnType<typeof memberAnswers>> {
    const context = await this.endpoint.context({ request, reply }, { route: 'approve-period', target: '', body });
    return memberAnswers(await this.bus.execute(new ApprovePeriodCommand(context, planPeriodOf(body))), context);
  }
}
