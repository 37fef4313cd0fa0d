import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { RecordSpendCommand } from './record-spend.command.js';
import { RecordSpendRequest, toRecordSpend } from './record-spend.request.js';

@ApiTags('campaigns')
@Controller('campaigns')
export class RecordSpendController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/spend', {
    summary: 'Records what a campaign cost on a day; the answer names the spend',
    body: RecordSpendRequest,
    example: {
      day: '2026-03-02',
      kind: 'media',
      amount: { amount: '412.50', currency: 'EUR' },
      impressions: 18_200,
      clicks: 345,
    },
    event: 'spend.recorded',
    refusals: ['SPEND.MEANS_SOMETHING_ELSE'],
  })
  recordSpend(
    @Param('id') id: Uuid,
    @Body() body: RecordSpendRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toRecordSpend(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'record-spend', target: id, body },
      (context) => new RecordSpendCommand(context, id, input),
    );
  }
}
