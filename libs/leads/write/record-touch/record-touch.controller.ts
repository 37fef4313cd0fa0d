import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { RecordTouchCommand } from './record-touch.command.js';
import { RecordTouchRequest, touchInputOf } from './record-touch.request.js';

@ApiTags('leads')
@Controller('leads')
export class RecordTouchController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/touches', {
    summary: 'Somebody touched the lead: when, how, with what outcome',
    body: RecordTouchRequest,
    example: {
      kind: 'call',
      direction: 'outbound',
      outcome: 'connected',
      note: 'Spoke with her.',
      occurredAt: '2026-03-01T09:30:00Z',
    },
    event: 'lead.touched',
    refusals: ['LEAD.MEANS_SOMETHING_ELSE', 'LEAD.TOUCH_ANNULLED'],
  })
  run(
    @Param('id') id: string,
    @Body() body: RecordTouchRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = touchInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'record-touch', target: id, body, part: { kind: 'touch', given: input.touchId } },
      (context) => new RecordTouchCommand(context, uuidOf(id), input),
    );
  }
}
