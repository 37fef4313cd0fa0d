import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AcceptPlanCommand } from './accept-plan.command.js';
import { acceptPlanInputOf, AcceptPlanRequest } from './accept-plan.request.js';

@ApiTags('bonuses')
@Controller('bonuses/plans')
export class AcceptPlanController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/accept', {
    summary: 'A payee accepts the exact content of an active version, for themselves',
    description: 'Until then what they earn under it is held. Nobody else can (403 `BONUS.NOT_A_PAYEE`).',
    body: AcceptPlanRequest,
    example: { version: 1, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' },
    event: 'bonusplan.accepted',
    refusals: ['BONUS.HASH_MISMATCH', 'BONUS.NOT_SIGNED'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: AcceptPlanRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = acceptPlanInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'accept-plan', target: id, body },
      (context) => new AcceptPlanCommand(context, id, input),
    );
  }
}
