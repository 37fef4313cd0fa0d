import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { FinishReviewActionCommand } from './finish-review-action.command.js';
import { finishReviewActionInputOf, FinishReviewActionRequest } from './finish-review-action.request.js';

@ApiTags('lead reviews')
@Controller('lead-reviews/sessions')
export class FinishReviewActionController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/actions/:actionId/done', {
    summary: 'An action is done, also after the review was closed',
    body: FinishReviewActionRequest,
    example: { note: 'Sent with the March invitation.' },
    event: 'review.action-done',
    refusals: ['REVIEW.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: Uuid,
    @Param('actionId') actionId: string,
    @Body() body: FinishReviewActionRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = finishReviewActionInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'finish-review-action', target: `${id}/${actionId}`, body },
      (context) => new FinishReviewActionCommand(context, id, actionId, input),
    );
  }
}
