import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { ChangeOwnersCommand } from './change-owners.command.js';
import { ChangeOwnersRequest, toChangeOwners } from './change-owners.request.js';

@ApiTags('campaigns')
@Controller('campaigns')
export class ChangeOwnersController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/change-owners', {
    summary: 'Who owns the campaign from a day on',
    body: ChangeOwnersRequest,
    example: { owners: ['ida.moser', 'tom.reis'], from: '2026-04-01' },
    event: 'campaign.owners-changed',
  })
  changeOwners(
    @Param('id') id: Uuid,
    @Body() body: ChangeOwnersRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toChangeOwners(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'change-owners', target: id, body },
      (context) => new ChangeOwnersCommand(context, id, input),
    );
  }
}
