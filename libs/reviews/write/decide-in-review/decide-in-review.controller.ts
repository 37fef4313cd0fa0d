import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { DecideInReviewCommand } from './decide-in-review.command.js';
import { decideInReviewInputOf, DecideInReviewRequest } from './decide-in-review.request.js';

@ApiTags('lead reviews')
@Controller('lead-reviews/sessions')
export class DecideInReviewController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/decisions', {
    summary: 'What both teams agreed on',
    body: DecideInReviewRequest,
    example: { text: 'Webinar invitations name the price.' },
    event: 'review.decided',
    refusals: ['REVIEW.CLOSED'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: DecideInReviewRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = decideInReviewInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'decide-in-review', target: id, body },
      (context) => new DecideInReviewCommand(context, id, input),
    );
  }
}
