import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { ChangeDetailsCommand } from './change-details.command.js';
import { ChangeDetailsRequest, changeDetailsInputOf } from './change-details.request.js';

@ApiTags('leads')
@Controller('leads')
export class ChangeDetailsController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/change-details', {
    summary: 'Changes what is known of the lead; only what differs is recorded',
    body: ChangeDetailsRequest,
    example: {
      company: 'Analytical Engines plc',
      person: { phone: '+44 20 7946 0001' },
      dimensions: { office: 'Lisbon' },
    },
    event: 'lead.details-changed',
    refusals: ['LEAD.DUPLICATE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: ChangeDetailsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = changeDetailsInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'change-details', target: id, body },
      (context) => new ChangeDetailsCommand(context, uuidOf(id), input),
    );
  }
}
