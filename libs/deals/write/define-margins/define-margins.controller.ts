import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { DefineMarginsCommand } from './define-margins.command.js';
import { DefineMarginsRequest, toDefineMargins } from './define-margins.request.js';

@ApiTags('definitions')
@Controller('definitions')
export class DefineMarginsController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('margin', {
    summary: 'The next version of the margin table, whole: what of its revenue each product leaves',
    description:
      'A payment that is recorded without a cost takes its cost from the version that holds on its day, by the product that its deal has then, ' +
      'and keeps it (`costBasis: margin-table`). What was recorded before stays as it is. By finance and heads.',
    body: DefineMarginsRequest,
    example: {
      effectiveFrom: '2026-01-01',
      margins: [
        { product: 'Concord Cloud', margin: '72.5' },
        { product: 'Onboarding', costShare: '60' },
      ],
      otherwise: '30',
    },
    event: 'definition.margins-defined',
  })
  run(
    @Body() body: DefineMarginsRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toDefineMargins(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'define-margins', target: '', body },
      (context) => new DefineMarginsCommand(context, input),
    );
  }
}
