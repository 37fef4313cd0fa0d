import { Body, Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { DomainError, malformed } from '#kernel/errors.js';
import { commandAnswer, CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { problemOf, type Problem } from '#platform/http/problem.js';
import { readRequest } from '#platform/http/request-pipe.js';
import { touchInputOf } from '../record-touch/record-touch.request.js';
import { RecordTouchesCommand, type TouchOfLead } from './record-touches.command.js';
import { leadReferenceOf, TouchOfLeadRequest } from './record-touches.request.js';

const MOST_AT_ONCE = 1000;

@ApiTags('leads')
@Controller('touches')
export class RecordTouchesController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly bus: CommandBus,
  ) {}

  @CommandRoute('', {
    summary: 'Up to 1,000 touches of any leads; each is judged alone and answered in order',
    body: TouchOfLeadRequest,
    bodyIsList: true,
    example: [
      { lead: { email: 'ada@example.com' }, kind: 'email', automated: true, occurredAt: '2026-03-01T09:30:00Z' },
      { lead: { externalId: { system: 'hubspot', id: '4711' } }, kind: 'webinar', outcome: 'connected' },
    ],
    event: 'lead.touched',
  })
  async run(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<{ readonly items: readonly (CommandAnswer | Problem)[] }> {
    const items = itemsOf(body);
    const context = await this.endpoint.context({ request, reply }, { route: 'record-touches', target: '', body });
    const outcomes = await this.bus.execute(new RecordTouchesCommand(context, items));
    return {
      items: outcomes.map((outcome) =>
        outcome instanceof DomainError ? problemOf(outcome, context.correlationId).problem : commandAnswer(outcome),
      ),
    };
  }
}

/** Throws when the body is no list of 1 to 1,000 items; what is wrong within an item is the item's own answer. */
function itemsOf(body: unknown): readonly (TouchOfLead | DomainError)[] {
  if (!Array.isArray(body) || body.length === 0 || body.length > MOST_AT_ONCE) {
    const detail = `the body must be a list of 1 to ${MOST_AT_ONCE} touches`;
    throw malformed('REQUEST.INVALID', detail, [{ pointer: '', code: 'IS_ARRAY', detail }]);
  }
  return body.map((item: unknown) => {
    try {
      const request = readRequest(TouchOfLeadRequest, item);
      return { lead: leadReferenceOf(request.lead), touch: touchInputOf(request) };
    } catch (error) {
      if (error instanceof DomainError) return error;
      throw error;
    }
  });
}
