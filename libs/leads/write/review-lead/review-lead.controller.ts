import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { ReviewLeadCommand } from './review-lead.command.js';
import { ReviewLeadRequest, reviewLeadInputOf } from './review-lead.request.js';

@ApiTags('leads')
@Controller('leads')
export class ReviewLeadController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/review', {
    summary: 'What somebody thinks of the lead, at intake or of its outcome',
    body: ReviewLeadRequest,
    example: { phase: 'intake', quality: 4, needs: ['reporting'], note: 'A good fit.' },
    event: 'lead.reviewed',
  })
  run(
    @Param('id') id: string,
    @Body() body: ReviewLeadRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = reviewLeadInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'review-lead', target: id, body },
      (context) => new ReviewLeadCommand(context, uuidOf(id), input),
    );
  }
}
