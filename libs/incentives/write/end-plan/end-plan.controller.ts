import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { EndPlanCommand } from './end-plan.command.js';
import { endPlanInputOf, EndPlanRequest } from './end-plan.request.js';

@ApiTags('bonuses')
@Controller('bonuses/plans')
export class EndPlanController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/end', {
    summary: 'Nothing is earned under the plan after that day; what was earned stays earned',
    body: EndPlanRequest,
    example: { on: '2026-12-31', reason: 'Replaced by the plan of 2027.' },
    event: 'bonusplan.ended',
    refusals: ['BONUS.PLAN_ENDED'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: EndPlanRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = endPlanInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'end-plan', target: id, body },
      (context) => new EndPlanCommand(context, id, input),
    );
  }
}
