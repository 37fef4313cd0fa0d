import { Body, Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint } from '#platform/http/command-endpoint.js';
import { commandItems, listAnswer } from '#platform/http/command-list.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { readRequest } from '#platform/http/request-pipe.js';
import { leadReferenceOf } from '../lead-reference.request.js';
import { reviewLeadInputOf } from '../review-lead/review-lead.request.js';
import { ReviewLeadsCommand } from './review-leads.command.js';
import { ReviewOfLeadRequest } from './review-leads.request.js';

@ApiTags('leads')
@Controller('reviews')
export class ReviewLeadsController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly bus: CommandBus,
  ) {}

  @CommandRoute('', {
    summary: 'Up to 1,000 reviews of any leads; each is judged alone and answered in order',
    body: ReviewOfLeadRequest,
    bodyIsList: true,
    example: [
      { lead: { externalId: { system: 'hubspot', id: '4711' } }, phase: 'intake', quality: 4, needs: ['reporting'] },
      { lead: { email: 'ada@example.com' }, phase: 'outcome', pass: 1, helped: ['case-study'] },
    ],
    event: 'lead.reviewed',
  })
  async run(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReturnType<typeof listAnswer>> {
    const items = commandItems(body, 'reviews', (item) => {
      const review = readRequest(ReviewOfLeadRequest, item);
      return { lead: leadReferenceOf(review.lead), review: reviewLeadInputOf(review) };
    });
    const context = await this.endpoint.context({ request, reply }, { route: 'review-leads', target: '', body });
    return listAnswer(await this.bus.execute(new ReviewLeadsCommand(context, items)), context);
  }
}
