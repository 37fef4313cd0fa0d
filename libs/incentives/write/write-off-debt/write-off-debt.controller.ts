import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { WriteOffDebtCommand } from './write-off-debt.command.js';
import { writeOffDebtInputOf, WriteOffDebtRequest } from './write-off-debt.request.js';

@ApiTags('bonuses')
@Controller('bonuses/statements')
export class WriteOffDebtController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('write-off', {
    summary: 'Finance gives up what somebody owes who has left',
    description: 'Booked in the period that is open now.',
    body: WriteOffDebtRequest,
    example: { plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', member: 'mia', reason: 'Moved abroad.' },
    event: 'statement.debt-written-off',
    refusals: ['BONUS.STILL_A_MEMBER', 'BONUS.NO_DEBT', 'BONUS.MORE_THAN_OWED'],
  })
  run(
    @Body() body: WriteOffDebtRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.endpoint.run(
      { request, reply },
      { route: 'write-off-debt', target: '', body },
      (context) =>
        new WriteOffDebtCommand(
          context,
          { planId: body.plan.toLowerCase(), member: body.member },
          writeOffDebtInputOf(body),
        ),
    );
  }
}
