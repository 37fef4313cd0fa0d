import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { EvaluatePoolCommand } from './evaluate-pool.command.js';
import { evaluatePoolInputOf, EvaluatePoolRequest } from './evaluate-pool.request.js';

@ApiTags('bonuses')
@Controller('bonuses/plans')
export class EvaluatePoolController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/evaluate-pool', {
    summary: 'Whether the figure of both teams met its target in a period, and what its members get for that',
    description:
      'By the version that holds on the last day of the period, with the figure as it is known now. Asked again, it records only the difference to ' +
      'what was given before: what is corrected after a statement is approved lands in the next one. By finance or a head.',
    body: EvaluatePoolRequest,
    example: { period: '2026-03' },
    event: 'bonusplan.pool-evaluated',
    refusals: ['BONUS.NO_POOL', 'BONUS.PERIOD_RUNNING'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: EvaluatePoolRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = evaluatePoolInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'evaluate-pool', target: id, body },
      (context) => new EvaluatePoolCommand(context, id, input),
    );
  }
}
