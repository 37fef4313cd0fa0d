import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { guidelineNameOf } from '../guideline-name.js';
import { AcknowledgeGuidelineCommand } from './acknowledge-guideline.command.js';
import { acknowledgeGuidelineInputOf, AcknowledgeGuidelineRequest } from './acknowledge-guideline.request.js';

@ApiTags('guidelines')
@Controller('guidelines')
export class AcknowledgeGuidelineController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':name/acknowledge', {
    summary: 'The actor has read this version',
    body: AcknowledgeGuidelineRequest,
    example: { version: 2 },
    event: 'guideline.acknowledged',
    refusals: ['GUIDELINE.OUTDATED', 'GUIDELINE.NOT_A_MEMBER'],
  })
  run(
    @Param('name') name: string,
    @Body() body: AcknowledgeGuidelineRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = acknowledgeGuidelineInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'acknowledge-guideline', target: name, body },
      (context) => new AcknowledgeGuidelineCommand(context, guidelineNameOf(name), input),
    );
  }
}
