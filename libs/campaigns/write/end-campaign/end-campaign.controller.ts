import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { EndCampaignCommand } from './end-campaign.command.js';
import { EndCampaignRequest, toEndCampaign } from './end-campaign.request.js';

@ApiTags('campaigns')
@Controller('campaigns')
export class EndCampaignController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/end', {
    summary: 'Ends the campaign; spend that comes late may still be recorded',
    body: EndCampaignRequest,
    example: { on: '2026-05-31' },
    event: 'campaign.ended',
    refusals: ['CAMPAIGN.MEANS_SOMETHING_ELSE'],
  })
  endCampaign(
    @Param('id') id: Uuid,
    @Body() body: EndCampaignRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toEndCampaign(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'end-campaign', target: id, body },
      (context) => new EndCampaignCommand(context, id, input),
    );
  }
}
