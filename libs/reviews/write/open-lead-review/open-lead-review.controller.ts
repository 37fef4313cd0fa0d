import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { OpenLeadReviewCommand } from './open-lead-review.command.js';
import { openLeadReviewInputOf, OpenLeadReviewRequest } from './open-lead-review.request.js';

@ApiTags('lead reviews')
@Controller('lead-reviews/sessions')
export class OpenLeadReviewController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'Opens a lead review: its queue is what is due now, and stays that',
    body: OpenLeadReviewRequest,
    example: { period: '2026-02', segment: 'enterprise' },
    event: 'review.opened',
    creates: true,
    refusals: ['REVIEW.QUEUE_TOO_LONG'],
  })
  run(
    @Body() body: OpenLeadReviewRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = openLeadReviewInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'open-lead-review', target: '', body, location: (id: string) => `/lead-reviews/sessions/${id}` },
      (context) => new OpenLeadReviewCommand(context, input),
    );
  }
}
