import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { DisqualifyLeadCommand } from './disqualify-lead.command.js';
import { DisqualifyLeadRequest, disqualifyLeadInputOf } from './disqualify-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class DisqualifyLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/disqualify', {
    summary: 'The lead is out for good',
    body: DisqualifyLeadRequest,
    example: { reason: 'student-or-applicant' },
    event: 'lead.disqualified',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: DisqualifyLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = disqualifyLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'disqualify-lead', target: id, body },
      (context) => new DisqualifyLeadCommand(context, uuidOf(id), input),
    );
  }
}
