import { Body, Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { DraftPeriodCommand } from './draft-period.command.js';
import { memberAnswers, planPeriodOf, PlanPeriodRequest } from '../plan-period.request.js';

@ApiTags('bonuses')
@Controller('bonuses/statements')
export class DraftPeriodController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly bus: CommandBus,
  ) {}

  @CommandRoute('draft-period', {
    summary: "Drafts everybody's statement of a period that is not approved yet; one answer a member",
    body: PlanPeriodRequest,
    example: { plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', period: '2026-03' },
    event: 'statement.drafted',
  })
  async run(
    @Body() body: PlanPeriodRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReturnType<typeof memberAnswers>> {
    const context = await this.endpoint.context({ request, reply }, { route: 'draft-period', target: '', body });
    return memberAnswers(await this.bus.execute(new DraftPeriodCommand(context, planPeriodOf(body))), context);
  }
}
