import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { AnnulStageCommand } from './annul-stage.command.js';
import { AnnulStageRequest, annulStageInputOf } from './annul-stage.request.js';

@ApiTags('leads')
@Controller('leads')
export class AnnulStageController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/annul-stage', {
    summary: 'Takes back the stage recorded last (a mis-click)',
    body: AnnulStageRequest,
    example: { reason: 'Clicked the wrong lead.' },
    event: 'lead.stage-annulled',
    refusals: ['LEAD.TRANSITION_REFUSED', 'LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Body() body: AnnulStageRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = annulStageInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'annul-stage', target: id, body },
      (context) => new AnnulStageCommand(context, uuidOf(id), input),
    );
  }
}
