import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { TERMS_EXAMPLE } from '../plan-terms.request.js';
import { DraftPlanCommand } from './draft-plan.command.js';
import { draftPlanInputOf, DraftPlanRequest } from './draft-plan.request.js';

@ApiTags('bonuses')
@Controller('bonuses/plans')
export class DraftPlanController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'A plan for bonuses: its first version, for the heads to sign',
    description:
      'By a head or finance. Everything that is wrong with the terms is named at once (400 `BONUS.BAD_TERMS`).',
    body: DraftPlanRequest,
    example: TERMS_EXAMPLE,
    event: 'bonusplan.drafted',
    creates: true,
  })
  begin(
    @Body() body: DraftPlanRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = draftPlanInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'draft-plan', target: '', body, location: (id) => `/bonuses/plans/${id}` },
      (context) => new DraftPlanCommand(context, null, input),
    );
  }

  @CommandRoute(':id/draft', {
    summary: 'The next version of a plan, whole; signed and accepted like the first',
    description: 'The version in force stays so until all heads have signed this one.',
    body: DraftPlanRequest,
    example: TERMS_EXAMPLE,
    event: 'bonusplan.drafted',
    refusals: ['BONUS.GRAIN_FIXED', 'BONUS.PLAN_ENDED'],
  })
  next(
    @Param('id') id: Uuid,
    @Body() body: DraftPlanRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = draftPlanInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'draft-plan', target: id, body },
      (context) => new DraftPlanCommand(context, id, input),
    );
  }
}
