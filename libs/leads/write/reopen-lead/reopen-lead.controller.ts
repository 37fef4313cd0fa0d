import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { ReopenLeadCommand } from './reopen-lead.command.js';
import { ReopenLeadRequest, reopenLeadInputOf } from './reopen-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class ReopenLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/reopen', {
    summary: 'An exit was an error, or a new pass begins',
    body: ReopenLeadRequest,
    example: { mode: 'new-pass', note: 'She called back.' },
    event: 'lead.reopened',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: ReopenLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = reopenLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'reopen-lead', target: id, body },
      (context) => new ReopenLeadCommand(context, uuidOf(id), input),
    );
  }
}
