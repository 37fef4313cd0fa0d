import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { ResolveFeedbackCommand } from './resolve-feedback.command.js';
import { resolveFeedbackInputOf, ResolveFeedbackRequest } from './resolve-feedback.request.js';

@ApiTags('feedback')
@Controller('feedback')
export class ResolveFeedbackController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/resolve', {
    summary: 'The team that gave it says that it is settled',
    body: ResolveFeedbackRequest,
    example: { note: 'Seen in the last two webinars.' },
    event: 'feedback.resolved',
    refusals: ['FEEDBACK.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: ResolveFeedbackRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = resolveFeedbackInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'resolve-feedback', target: id, body },
      (context) => new ResolveFeedbackCommand(context, id, input),
    );
  }
}
