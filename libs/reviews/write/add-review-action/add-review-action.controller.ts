import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { AddReviewActionCommand } from './add-review-action.command.js';
import { addReviewActionInputOf, AddReviewActionRequest } from './add-review-action.request.js';

@ApiTags('lead reviews')
@Controller('lead-reviews/sessions')
export class AddReviewActionController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/actions', {
    summary: 'Who does what by when',
    body: AddReviewActionRequest,
    example: { text: 'Write the price into the invitation.', owner: 'augusta', due: '2026-03-15' },
    event: 'review.action-added',
    refusals: ['REVIEW.CLOSED'],
  })
  run(
    @Param('id') id: Uuid,
    @Body() body: AddReviewActionRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = addReviewActionInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'add-review-action', target: id, body },
      (context) => new AddReviewActionCommand(context, id, input),
    );
  }
}
