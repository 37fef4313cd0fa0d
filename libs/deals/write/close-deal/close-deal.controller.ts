import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { CloseDealCommand } from './close-deal.command.js';
import { CloseDealRequest, toCloseDeal } from './close-deal.request.js';

@ApiTags('deals')
@Controller('deals')
export class CloseDealController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/close', {
    summary: 'Closes an open deal as won or lost',
    body: CloseDealRequest,
    example: { outcome: 'won', value: { amount: '1250.00', currency: 'EUR' }, occurredAt: '2026-04-01T15:00:00Z' },
    event: 'deal.won',
    refusals: ['DEAL.MEANS_SOMETHING_ELSE', 'DEAL.ANNULLED'],
  })
  closeDeal(
    @Param('id') id: Uuid,
    @Body() body: CloseDealRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toCloseDeal(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'close-deal', target: id, body },
      (context) => new CloseDealCommand(context, id, input),
    );
  }
}
