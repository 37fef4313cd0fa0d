import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { keyOf } from '../statement-key.request.js';
import { ApproveStatementCommand } from './approve-statement.command.js';
import { approveStatementInputOf, ApproveStatementRequest } from './approve-statement.request.js';

@ApiTags('bonuses')
@Controller('bonuses/statements')
export class ApproveStatementController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('approve', {
    summary: 'Approves a drafted statement, which never changes from here on',
    description:
      'By finance or a head, never by its payee (403 `BONUS.OWN_STATEMENT`) or its drafter (403 `BONUS.OWN_DRAFT`).',
    body: ApproveStatementRequest,
    example: { plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', member: 'mia', period: '2026-03' },
    event: 'statement.approved',
    refusals: [
      'BONUS.NOT_DRAFTED',
      'BONUS.STATEMENT_CHANGED',
      'BONUS.PERIOD_RUNNING',
      'BONUS.BEFORE_PAYDAY',
      'BONUS.DISPUTE_OPEN',
      'BONUS.EARLIER_NOT_APPROVED',
    ],
  })
  run(
    @Body() body: ApproveStatementRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.endpoint.run(
      { request, reply },
      { route: 'approve-statement', target: '', body },
      (context) => new ApproveStatementCommand(context, keyOf(body), approveStatementInputOf(body)),
    );
  }
}
