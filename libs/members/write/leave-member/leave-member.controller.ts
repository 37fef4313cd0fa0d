import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { LeaveMemberCommand } from './leave-member.command.js';
import { LeaveMemberRequest, toLeaveMember } from './leave-member.request.js';

@ApiTags('members')
@Controller('members')
export class LeaveMemberController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':handle/leave', {
    summary: 'Takes a member out of their team from that moment on',
    body: LeaveMemberRequest,
    example: { occurredAt: '2026-12-31T00:00:00Z' },
    event: 'member.left',
    refusals: ['MEMBER.MEANS_SOMETHING_ELSE'],
  })
  leaveMember(
    @Param('handle') handle: string,
    @Body() body: LeaveMemberRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toLeaveMember(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'leave-member', target: handle, body },
      (context) => new LeaveMemberCommand(context, handle, input),
    );
  }
}
