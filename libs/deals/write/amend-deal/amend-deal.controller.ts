import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AmendDealCommand } from './amend-deal.command.js';
import { AmendDealRequest, toAmendDeal } from './amend-deal.request.js';

@ApiTags('deals')
@Controller('deals')
export class AmendDealController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/amend', {
    summary: 'Changes a deal that is open or won',
    body: AmendDealRequest,
    example: { value: { amount: '1400.00', currency: 'EUR' }, expectedCloseOn: '2026-07-01', reason: 'One more seat.' },
    event: 'deal.amended',
    refusals: ['DEAL.TRANSITION_REFUSED', 'DEAL.ANNULLED'],
  })
  amendDeal(
    @Param('id') id: Uuid,
    @Body() body: AmendDealRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toAmendDeal(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'amend-deal', target: id, body },
      (context) => new AmendDealCommand(context, id, input),
    );
  }
}
