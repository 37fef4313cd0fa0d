import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { keyOf } from '../statement-key.request.js';
import { PayStatementCommand } from './pay-statement.command.js';
import { payStatementInputOf, PayStatementRequest } from './pay-statement.request.js';

@ApiTags('bonuses')
@Controller('bonuses/statements')
export class PayStatementController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('pay', {
    summary: 'Finance has paid an approved statement',
    description: 'Never by who approved it (403 `BONUS.OWN_APPROVAL`).',
    body: PayStatementRequest,
    example: {
      plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11',
      member: 'mia',
      period: '2026-03',
      reference: 'SEPA 2026-04-15',
    },
    event: 'statement.paid',
    refusals: ['BONUS.NOT_APPROVED', 'BONUS.NOTHING_TO_PAY', 'BONUS.PAID'],
  })
  run(
    @Body() body: PayStatementRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.endpoint.run(
      { request, reply },
      { route: 'pay-statement', target: '', body },
      (context) => new PayStatementCommand(context, keyOf(body), payStatementInputOf(body)),
    );
  }
}
