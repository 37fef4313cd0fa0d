import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { uuidv5 } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { keyOf } from '../statement-key.request.js';
import { RaiseDisputeCommand } from './raise-dispute.command.js';
import { raiseDisputeInputOf, RaiseDisputeRequest } from './raise-dispute.request.js';

@ApiTags('bonuses')
@Controller('bonuses/disputes')
export class RaiseDisputeController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('', {
    summary: 'A payee says that their statement is wrong',
    description: 'Also a statement without any line. The answer names the `disputeId`.',
    body: RaiseDisputeRequest,
    example: {
      plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
      member: 'mia',
      period: '2026-03',
      reason: 'The webinar was mine.',
    },
    event: 'statement.disputed',
    refusals: [],
  })
  run(
    @Body() body: RaiseDisputeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.endpoint.run(
      { request, reply },
      { route: 'raise-dispute', target: '', body, part: { kind: 'dispute', given: null } },
      (context) =>
        new RaiseDisputeCommand(context, keyOf(body), raiseDisputeInputOf(uuidv5(context.commandId, 'dispute'), body)),
    );
  }
}
