import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { DefineCampaignCommand } from './define-campaign.command.js';
import { DefineCampaignRequest, toDefineCampaign } from './define-campaign.request.js';

@ApiTags('campaigns')
@Controller('campaigns')
export class DefineCampaignController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'A new campaign, or one that had ended and begins again; its id follows from its name',
    body: DefineCampaignRequest,
    example: { name: 'spring-2026', channel: 'paid_search', owners: ['ida.moser'], startOn: '2026-03-01' },
    event: 'campaign.defined',
    creates: true,
    refusals: ['CAMPAIGN.MEANS_SOMETHING_ELSE'],
  })
  defineCampaign(
    @Body() body: DefineCampaignRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toDefineCampaign(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'define-campaign', target: '', body, location: (id) => `/campaigns/${id}` },
      (context) => new DefineCampaignCommand(context, input),
    );
  }
}
