import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { ReopenDealCommand } from './reopen-deal.command.js';
import { ReopenDealRequest, toReopenDeal } from './reopen-deal.request.js';

@ApiTags('deals')
@Controller('deals')
export class ReopenDealController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/reopen', {
    summary: 'Takes the close of a deal back',
    body: ReopenDealRequest,
    example: { reason: 'Closed by mistake.' },
    event: 'deal.reopened',
    refusals: ['DEAL.TRANSITION_REFUSED', 'DEAL.MEANS_SOMETHING_ELSE', 'DEAL.ANNULLED'],
  })
  reopenDeal(
    @Param('id') id: Uuid,
    @Body() body: ReopenDealRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toReopenDeal(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'reopen-deal', target: id, body },
      (context) => new ReopenDealCommand(context, id, input),
    );
  }
}
