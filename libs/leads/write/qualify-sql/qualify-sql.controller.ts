import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { QualifySqlCommand } from './qualify-sql.command.js';
import { QualifySqlRequest, qualifySqlInputOf } from './qualify-sql.request.js';

@ApiTags('leads')
@Controller('leads')
export class QualifySqlController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/qualify-sql', {
    summary: 'Sales found a real need (SQL)',
    body: QualifySqlRequest,
    example: { note: 'Needs it by the summer.', occurredAt: '2026-03-05T14:00:00Z' },
    event: 'lead.sql-qualified',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: QualifySqlRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = qualifySqlInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'qualify-sql', target: id, body },
      (context) => new QualifySqlCommand(context, uuidOf(id), input),
    );
  }
}
