import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { RejectLeadCommand } from './reject-lead.command.js';
import { RejectLeadRequest, rejectLeadInputOf } from './reject-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class RejectLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/reject', {
    summary: 'Sales gives the lead back to marketing, unworked',
    body: RejectLeadRequest,
    example: { reason: 'incomplete-data', note: 'No phone number.' },
    event: 'lead.rejected',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: RejectLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = rejectLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'reject-lead', target: id, body },
      (context) => new RejectLeadCommand(context, uuidOf(id), input),
    );
  }
}
