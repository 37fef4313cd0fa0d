import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { RecycleLeadCommand } from './recycle-lead.command.js';
import { RecycleLeadRequest, recycleLeadInputOf } from './recycle-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class RecycleLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/recycle', {
    summary: 'Not now: the lead goes back to nurturing',
    body: RecycleLeadRequest,
    example: { reason: 'bad-timing', until: '2026-09-01' },
    event: 'lead.recycled',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: RecycleLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = recycleLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'recycle-lead', target: id, body },
      (context) => new RecycleLeadCommand(context, uuidOf(id), input),
    );
  }
}
