import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AdvanceDealCommand } from './advance-deal.command.js';
import { AdvanceDealRequest, toAdvanceDeal } from './advance-deal.request.js';

@ApiTags('deals')
@Controller('deals')
export class AdvanceDealController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/advance', {
    summary: 'Moves an open deal to another stage of the pipeline',
    body: AdvanceDealRequest,
    example: { stage: 'proposal', occurredAt: '2026-03-05T09:30:00Z' },
    event: 'deal.advanced',
    refusals: ['DEAL.TRANSITION_REFUSED', 'DEAL.ANNULLED'],
  })
  advanceDeal(
    @Param('id') id: Uuid,
    @Body() body: AdvanceDealRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toAdvanceDeal(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'advance-deal', target: id, body },
      (context) => new AdvanceDealCommand(context, id, input),
    );
  }
}
