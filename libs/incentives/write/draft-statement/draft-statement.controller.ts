import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { keyOf } from '../statement-key.request.js';
import { DraftStatementCommand } from './draft-statement.command.js';
import { draftStatementInputOf, DraftStatementRequest } from './draft-statement.request.js';

@ApiTags('bonuses')
@Controller('bonuses/statements')
export class DraftStatementController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('draft', {
    summary: 'Drafts what the ledger says of a person and period, for somebody else to approve',
    description: 'By finance or a head; again where the ledger says something else than the last draft.',
    body: DraftStatementRequest,
    example: { plan: '6f1c1b1e-58a4-5c4e-9d5c-0d6a2f9f2a11', member: 'mia', period: '2026-03' },
    event: 'statement.drafted',
    refusals: ['BONUS.APPROVED'],
  })
  run(
    @Body() body: DraftStatementRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.endpoint.run(
      { request, reply },
      { route: 'draft-statement', target: '', body },
      (context) => new DraftStatementCommand(context, keyOf(body), draftStatementInputOf(body)),
    );
  }
}
