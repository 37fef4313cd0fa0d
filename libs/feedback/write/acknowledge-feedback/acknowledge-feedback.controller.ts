import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AcknowledgeFeedbackCommand } from './acknowledge-feedback.command.js';
import { acknowledgeFeedbackInputOf, AcknowledgeFeedbackRequest } from './acknowledge-feedback.request.js';

@ApiTags('feedback')
@Controller('feedback')
export class AcknowledgeFeedbackController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/acknowledge', {
    summary: 'The team that it is for has seen it',
    body: AcknowledgeFeedbackRequest,
    example: {},
    event: 'feedback.acknowledged',
    refusals: ['FEEDBACK.RESOLVED'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: AcknowledgeFeedbackRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = acknowledgeFeedbackInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'acknowledge-feedback', target: id, body },
      (context) => new AcknowledgeFeedbackCommand(context, id, input),
    );
  }
}
