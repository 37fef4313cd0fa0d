import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AnnulDealCommand } from './annul-deal.command.js';
import { AnnulDealRequest, toAnnulDeal } from './annul-deal.request.js';

@ApiTags('deals')
@Controller('deals')
export class AnnulDealController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/annul', {
    summary: 'Takes a deal entered in error out of all figures, for ever',
    body: AnnulDealRequest,
    example: { reason: 'Opened under the wrong lead.' },
    event: 'deal.annulled',
    refusals: ['DEAL.HAS_PAYMENTS', 'DEAL.MEANS_SOMETHING_ELSE'],
  })
  annulDeal(
    @Param('id') id: Uuid,
    @Body() body: AnnulDealRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toAnnulDeal(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'annul-deal', target: id, body },
      (context) => new AnnulDealCommand(context, id, input),
    );
  }
}
