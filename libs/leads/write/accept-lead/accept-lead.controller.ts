import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { AcceptLeadCommand } from './accept-lead.command.js';
import { AcceptLeadRequest, acceptLeadInputOf } from './accept-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class AcceptLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/accept', {
    summary: 'Sales agrees to work the lead (SAL)',
    body: AcceptLeadRequest,
    example: { note: 'Will call her on Monday.', occurredAt: '2026-03-02T09:30:00Z' },
    event: 'lead.accepted',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: AcceptLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = acceptLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'accept-lead', target: id, body },
      (context) => new AcceptLeadCommand(context, uuidOf(id), input),
    );
  }
}
