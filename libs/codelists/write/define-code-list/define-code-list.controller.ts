import { Body, Controller, Param, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { codeListNameOf } from '../../code-lists.js';
import { DefineCodeListCommand } from './define-code-list.command.js';
import { defineCodeListInputOf, DefineCodeListRequest } from './define-code-list.request.js';

@ApiTags('code lists')
@Controller('code-lists')
export class DefineCodeListController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute(':name', {
    summary: 'Defines the next version of a list of codes',
    description:
      'The list as a whole. What was recorded keeps its codes; commands are judged by the version that stands. A code is retired, never removed.',
    body: DefineCodeListRequest,
    example: {
      codes: [
        { code: 'case-study', text: 'A case study of their branch' },
        { code: 'quick-reply', text: 'We answered within the hour' },
      ],
    },
    event: 'codelist.defined',
    refusals: ['CODELIST.CODE_DROPPED'],
  })
  run(
    @Param('name') name: string,
    @Body() body: DefineCodeListRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const list = codeListNameOf(name);
    const input = defineCodeListInputOf(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'define-code-list', target: list, body },
      (context) => new DefineCodeListCommand(context, list, input),
    );
  }
}
