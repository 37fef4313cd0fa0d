import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { CloseLeadReviewCommand } from './close-lead-review.command.js';
import { closeLeadReviewInputOf, CloseLeadReviewRequest } from './close-lead-review.request.js';

@ApiTags('lead reviews')
@Controller('lead-reviews/sessions')
export class CloseLeadReviewController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/close', {
    summary: 'Ends the review; what nobody of sales reviewed is listed, open actions stay open',
    body: CloseLeadReviewRequest,
    example: {},
    event: 'review.closed',
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: CloseLeadReviewRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = closeLeadReviewInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'close-lead-review', target: id, body },
      (context) => new CloseLeadReviewCommand(context, id, input),
    );
  }
}
