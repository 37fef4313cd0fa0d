import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { guidelineNameOf } from '../guideline-name.js';
import { PublishGuidelineCommand } from './publish-guideline.command.js';
import { publishGuidelineInputOf, PublishGuidelineRequest } from './publish-guideline.request.js';

@ApiTags('guidelines')
@Controller('guidelines')
export class PublishGuidelineController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':name', {
    summary: 'Publishes the next version of a guideline; members of its teams have it open until they acknowledge it',
    body: PublishGuidelineRequest,
    example: {
      title: 'How we hand leads over',
      text: 'Sales calls an MQL within four business hours, or says why not.',
      teams: ['marketing', 'sales'],
    },
    event: 'guideline.published',
  })
  run(
    @Param('name') name: string,
    @Body() body: PublishGuidelineRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = publishGuidelineInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'publish-guideline', target: name, body },
      (context) => new PublishGuidelineCommand(context, guidelineNameOf(name), input),
    );
  }
}
