import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { AssignLeadCommand } from './assign-lead.command.js';
import { AssignLeadRequest, assignLeadInputOf } from './assign-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class AssignLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/assign', {
    summary: 'Somebody else (or a queue) is in charge',
    body: AssignLeadRequest,
    example: { owner: 'jane.doe', team: 'sales' },
    event: 'lead.assigned',
  })
  run(
    @Param('id') id: string,
    @Body() body: AssignLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = assignLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'assign-lead', target: id, body },
      (context) => new AssignLeadCommand(context, uuidOf(id), input),
    );
  }
}
