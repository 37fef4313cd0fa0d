import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { RuleDisputeCommand } from './rule-dispute.command.js';
import { ruleDisputeInputOf, RuleDisputeRequest } from './rule-dispute.request.js';

@ApiTags('bonuses')
@Controller('bonuses/disputes')
export class RuleDisputeController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/rule', {
    summary: 'Decides a dispute, and what everyone concerned gets or gives',
    description:
      'By finance or a head, never by the payee, who raised it, or who gets something. Booked in the period of the statement, or the first open one after it.',
    body: RuleDisputeRequest,
    example: {
      upheld: true,
      reason: 'The recording shows it.',
      amounts: [{ member: 'mia', amount: { amount: '50.00', currency: 'EUR' } }],
    },
    event: 'statement.ruled',
    refusals: ['BONUS.RULED'],
  })
  run(
    @Param('id') id: string,
    @Body() body: RuleDisputeRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.endpoint.run(
      { request, reply },
      { route: 'rule-dispute', target: id, body },
      (context) => new RuleDisputeCommand(context, ruleDisputeInputOf(id, body)),
    );
  }
}
