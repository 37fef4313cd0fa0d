import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { CreateLeadCommand } from './create-lead.command.js';
import { CreateLeadRequest, createLeadInputOf } from './create-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class CreateLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'A new lead, with the touches that it comes with',
    body: CreateLeadRequest,
    example: {
      person: { email: 'ada@example.com', firstName: 'Ada', lastName: 'Lovelace' },
      company: 'Analytical Engines Ltd',
      externalIds: [{ system: 'hubspot', id: '4711' }],
      channel: 'paid_search',
      source: 'google',
      campaign: 'spring-2026',
      segment: 'mid-market',
      country: 'PT',
      touches: [{ kind: 'ad-click', channel: 'paid_search', direction: 'inbound', occurredAt: '2026-02-27T08:00:00Z' }],
      occurredAt: '2026-03-01T09:30:00Z',
    },
    event: 'lead.created',
    creates: true,
    refusals: ['LEAD.DUPLICATE'],
  })
  run(
    @Body() body: CreateLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = createLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'create-lead', target: '', body, location: (id) => `/leads/${id}` },
      (context) => new CreateLeadCommand(context, input),
    );
  }
}
