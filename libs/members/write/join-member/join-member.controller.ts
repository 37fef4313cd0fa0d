import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { JoinMemberCommand } from './join-member.command.js';
import { JoinMemberRequest, toJoinMember } from './join-member.request.js';

@ApiTags('members')
@Controller('members')
export class JoinMemberController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'Enters a member of staff in the roster',
    body: JoinMemberRequest,
    example: {
      handle: 'darcel.schlecht',
      team: 'sales',
      role: 'member',
      manager: 'melvin.marxen',
      aliases: ['D. Schlecht'],
      occurredAt: '2026-01-01T00:00:00Z',
    },
    event: 'member.joined',
    creates: true,
    refusals: ['MEMBER.NAME_TAKEN', 'MEMBER.MEANS_SOMETHING_ELSE'],
  })
  joinMember(
    @Body() body: JoinMemberRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toJoinMember(body);
    return this.endpoint.run(
      { request, reply },
      {
        route: 'join-member',
        target: '',
        body,
        location: (handle: string) => `/members?handle=${encodeURIComponent(handle)}`,
      },
      (context) => new JoinMemberCommand(context, input),
    );
  }
}
