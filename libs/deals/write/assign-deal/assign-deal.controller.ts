import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AssignDealCommand } from './assign-deal.command.js';
import { AssignDealRequest, toAssignDeal } from './assign-deal.request.js';

@ApiTags('deals')
@Controller('deals')
export class AssignDealController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/assign', {
    summary: 'Puts a member, a queue of a team or nobody in charge',
    body: AssignDealRequest,
    example: { owner: 'darcel.schlecht', occurredAt: '2026-03-02T09:30:00Z' },
    event: 'deal.assigned',
    refusals: ['DEAL.TRANSITION_REFUSED', 'DEAL.ANNULLED'],
  })
  assignDeal(
    @Param('id') id: Uuid,
    @Body() body: AssignDealRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toAssignDeal(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'assign-deal', target: id, body },
      (context) => new AssignDealCommand(context, id, input),
    );
  }
}
