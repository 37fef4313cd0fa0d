import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { GiveFeedbackCommand } from './give-feedback.command.js';
import { giveFeedbackInputOf, GiveFeedbackRequest } from './give-feedback.request.js';

@ApiTags('feedback')
@Controller('feedback')
export class GiveFeedbackController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'Feedback to the other team: about a lead, a campaign or the process',
    body: GiveFeedbackRequest,
    example: {
      about: { kind: 'campaign', campaign: 'spring-webinar' },
      kind: 'effect',
      text: 'Everybody from the webinar knew our prices already.',
    },
    event: 'feedback.given',
    creates: true,
    refusals: ['FEEDBACK.OWN_TEAM', 'FEEDBACK.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Body() body: GiveFeedbackRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = giveFeedbackInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'give-feedback', target: '', body, location: (id: string) => `/feedback/${id}` },
      (context) => new GiveFeedbackCommand(context, input),
    );
  }
}
