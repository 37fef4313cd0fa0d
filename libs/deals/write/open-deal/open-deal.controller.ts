import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { OpenDealCommand } from './open-deal.command.js';
import { OpenDealRequest, toOpenDeal } from './open-deal.request.js';

@ApiTags('deals')
@Controller('deals')
export class OpenDealController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'A new deal, under a lead or without one; a rejected or recycled lead begins a new pass',
    body: OpenDealRequest,
    example: {
      lead: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
      kind: 'new',
      product: 'GTX Pro',
      stage: 'prospecting',
      value: { amount: '1250.00', currency: 'EUR' },
      expectedCloseOn: '2026-06-01',
      owner: 'darcel.schlecht',
      occurredAt: '2026-03-03T09:30:00Z',
    },
    event: 'deal.opened',
    creates: true,
    refusals: ['LEAD.TRANSITION_REFUSED', 'DEAL.MEANS_SOMETHING_ELSE'],
  })
  openDeal(
    @Body() body: OpenDealRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toOpenDeal(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'open-deal', target: '', body, location: (id) => `/deals/${id}` },
      (context) => new OpenDealCommand(context, input),
    );
  }
}
