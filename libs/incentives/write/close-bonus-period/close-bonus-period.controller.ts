import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { CloseBonusPeriodCommand } from './close-bonus-period.command.js';
import { closeBonusPeriodInputOf, CloseBonusPeriodRequest } from './close-bonus-period.request.js';

@ApiTags('bonuses')
@Controller('bonuses/periods')
export class CloseBonusPeriodController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':period/close', {
    summary: 'Closes a month or quarter for all plans, and all before it, for ever',
    description: 'By finance. What comes to be known later lands in the next open period.',
    body: CloseBonusPeriodRequest,
    example: {},
    event: 'bonusperiod.closed',
    refusals: ['BONUS.PERIOD_RUNNING', 'BONUS.PERIOD_CLOSED', 'BONUS.NOT_ALL_APPROVED', 'BONUS.DISPUTE_OPEN'],
  })
  run(
    @Param('period') period: string,
    @Body() body: CloseBonusPeriodRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    return this.endpoint.run(
      { request, reply },
      { route: 'close-bonus-period', target: period, body },
      (context) => new CloseBonusPeriodCommand(context, period, closeBonusPeriodInputOf(body)),
    );
  }
}
