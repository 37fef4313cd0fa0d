import { Body, Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint } from '#platform/http/command-endpoint.js';
import { commandItems, listAnswer } from '#platform/http/command-list.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { readRequest } from '#platform/http/request-pipe.js';
import { leadReferenceOf } from '../lead-reference.request.js';
import { touchInputOf } from '../record-touch/record-touch.request.js';
import { RecordTouchesCommand } from './record-touches.command.js';
import { TouchOfLeadRequest } from './record-touches.request.js';

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
  ): Promise<ReturnType<typeof listAnswer>> {
    const items = commandItems(body, 'touches', (item) => {
      const touch = readRequest(TouchOfLeadRequest, item);
      return { lead: leadReferenceOf(touch.lead), touch: touchInputOf(touch) };
    });
    const context = await this.endpoint.context({ request, reply }, { route: 'record-touches', target: '', body });
    return listAnswer(await this.bus.execute(new RecordTouchesCommand(context, items)), context);
  }
}
