import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { uuidOf } from '../../request-values.js';
import { AnnulTouchCommand } from './annul-touch.command.js';
import { AnnulTouchRequest, annulTouchInputOf } from './annul-touch.request.js';

@ApiTags('leads')
@Controller('leads')
export class AnnulTouchController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':id/touches/:touchId/annul', {
    summary: 'A touch that never was: it leaves every figure',
    body: AnnulTouchRequest,
    example: { reason: 'Logged on the wrong lead.' },
    event: 'lead.touch-annulled',
    refusals: ['LEAD.MEANS_SOMETHING_ELSE'],
  })
  run(
    @Param('id') id: string,
    @Param('touchId') touchId: string,
    @Body() body: AnnulTouchRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = annulTouchInputOf(touchId, body);
    return this.endpoint.run(
      { request, reply },
      { route: 'annul-touch', target: `${id}/${input.touchId}`, body },
      (context) => new AnnulTouchCommand(context, uuidOf(id), input),
    );
  }
}
