import { Body, Controller, Req, Res } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint } from '#platform/http/command-endpoint.js';
import { commandItems, listAnswer } from '#platform/http/command-list.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { readRequest } from '#platform/http/request-pipe.js';
import { RecordSpendsCommand } from './record-spends.command.js';
import { SpendOfCampaignRequest, toSpendOfCampaign } from './record-spends.request.js';

@ApiTags('campaigns')
@Controller('spend')
export class RecordSpendsController {
  constructor(
    private readonly endpoint: CommandEndpoint,
    private readonly bus: CommandBus,
  ) {}

  @CommandRoute('', {
    summary: 'Up to 1,000 spends of any campaigns and channels; each is judged alone and answered in order',
    body: SpendOfCampaignRequest,
    bodyIsList: true,
    example: [
      { campaign: 'spring-2026', day: '2026-03-02', amount: { amount: '412.50', currency: 'EUR' }, clicks: 345 },
      { channel: 'events', day: '2026-03-04', kind: 'event', amount: { amount: '9000.00', currency: 'EUR' } },
    ],
    event: 'spend.recorded',
  })
  async run(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ReturnType<typeof listAnswer>> {
    const items = commandItems(body, 'spends', (item) => toSpendOfCampaign(readRequest(SpendOfCampaignRequest, item)));
    const context = await this.endpoint.context({ request, reply }, { route: 'record-spends', target: '', body });
    return listAnswer(await this.bus.execute(new RecordSpendsCommand(context, items)), context);
  }
}
