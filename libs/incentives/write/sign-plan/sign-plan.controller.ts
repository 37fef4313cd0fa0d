import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { SignPlanCommand } from './sign-plan.command.js';
import { signPlanInputOf, SignPlanRequest } from './sign-plan.request.js';

@ApiTags('bonuses')
@Controller('bonuses/plans')
export class SignPlanController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/sign', {
    summary: 'A head signs the exact content of a version; the third signature makes it active',
    description:
      'Only by the head whom the terms name (403 `BONUS.NOT_THE_SIGNATORY`); once keys are on, the key says who that is.',
    body: SignPlanRequest,
    example: { version: 1, hash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', as: 'marketing' },
    event: 'bonusplan.signed',
    refusals: ['BONUS.HASH_MISMATCH', 'BONUS.SUPERSEDED', 'BONUS.PLAN_ENDED', 'BONUS.PERIOD_CLOSED'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: SignPlanRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = signPlanInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'sign-plan', target: id, body },
      (context) => new SignPlanCommand(context, id, input),
    );
  }
}
