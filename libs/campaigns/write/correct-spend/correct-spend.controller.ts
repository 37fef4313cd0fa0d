import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Uuid } from '#kernel/ids.js';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { CorrectSpendCommand } from './correct-spend.command.js';
import { CorrectSpendRequest, toCorrectSpend } from './correct-spend.request.js';

@ApiTags('campaigns')
@Controller('campaigns')
export class CorrectSpendController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/spend/:spendId/correct', {
    summary: 'What a spend really was; what is left out stays as it is',
    description: 'For spend without a campaign, `id` is the `account` that `GET /spend` shows.',
    body: CorrectSpendRequest,
    example: {
      day: '2026-03-02',
      amount: { amount: '398.10', currency: 'EUR' },
      reason: 'credit note of the platform',
    },
    event: 'spend.corrected',
  })
  correctSpend(
    @Param('id') id: Uuid,
    @Param('spendId') spendId: Uuid,
    @Body() body: CorrectSpendRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toCorrectSpend(body, spendId);
    return this.endpoint.run(
      { request, reply },
      { route: 'correct-spend', target: spendId, body },
      (context) => new CorrectSpendCommand(context, id, input),
    );
  }
}
