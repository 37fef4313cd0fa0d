import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { QualifyMqlCommand } from './qualify-mql.command.js';
import { QualifyMqlRequest, qualifyMqlInputOf } from './qualify-mql.request.js';

@ApiTags('leads')
@Controller('leads')
export class QualifyMqlController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/qualify-mql', {
    summary: 'Marketing says that the lead is an MQL',
    body: QualifyMqlRequest,
    example: {
      definition: 'mql@1',
      evidence: [{ rule: 'visited-pricing', value: 3 }],
      occurredAt: '2026-03-01T09:30:00Z',
    },
    event: 'lead.mql-qualified',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: QualifyMqlRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = qualifyMqlInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'qualify-mql', target: id, body },
      (context) => new QualifyMqlCommand(context, uuidOf(id), input),
    );
  }
}
