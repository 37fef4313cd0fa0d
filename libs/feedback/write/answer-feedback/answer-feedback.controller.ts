import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AnswerFeedbackCommand } from './answer-feedback.command.js';
import { answerFeedbackInputOf, AnswerFeedbackRequest } from './answer-feedback.request.js';

@ApiTags('feedback')
@Controller('feedback')
export class AnswerFeedbackController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/answer', {
    summary: 'The team that it is for answers',
    body: AnswerFeedbackRequest,
    example: { text: 'We name the price in the invitation now.' },
    event: 'feedback.answered',
    refusals: ['FEEDBACK.RESOLVED'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: AnswerFeedbackRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = answerFeedbackInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'answer-feedback', target: id, body },
      (context) => new AnswerFeedbackCommand(context, id, input),
    );
  }
}
