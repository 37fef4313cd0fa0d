import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { MoveMemberCommand } from './move-member.command.js';
import { MoveMemberRequest, toMoveMember } from './move-member.request.js';

@ApiTags('members')
@Controller('members')
export class MoveMemberController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':handle/move', {
    summary: 'Changes team, role, manager or aliases of a member; what is left out stays as it was',
    body: MoveMemberRequest,
    example: { team: 'marketing', role: 'head', occurredAt: '2026-06-01T00:00:00Z' },
    event: 'member.moved',
    refusals: ['MEMBER.NAME_TAKEN', 'MEMBER.TRANSITION_REFUSED'],
  })
  moveMember(
    @Param('handle') handle: string,
    @Body() body: MoveMemberRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toMoveMember(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'move-member', target: handle, body },
      (context) => new MoveMemberCommand(context, handle, input),
    );
  }
}
