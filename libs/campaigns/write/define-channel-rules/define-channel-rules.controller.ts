import { Body, Controller, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CommandEndpoint, type CommandAnswer } from '#platform/http/command-endpoint.js';
import { CommandRoute } from '#platform/http/command-route.js';
import { DefineChannelRulesCommand } from './define-channel-rules.command.js';
import { DefineChannelRulesRequest, toDefineChannelRules } from './define-channel-rules.request.js';

@ApiTags('definitions')
@Controller('definitions')
export class DefineChannelRulesController {
  constructor(private readonly endpoint: CommandEndpoint) {}

  @CommandRoute('channels', {
    summary: 'The next version of the rules that turn source, medium and campaign into channels, whole',
    description:
      'It chooses for what is recorded from now on, where no channel is given. The past stays as it was chosen; ' +
      '`concord projection rebuild figures --channel-rules N` shows it under other rules. ' +
      'A rule that can never choose is refused (400) with `CHANNELS.UNREACHABLE_RULE`.',
    body: DefineChannelRulesRequest,
    example: {
      rules: [
        { channel: 'brand_search', source: ['google*', 'bing*'], medium: ['cp*', 'ppc'], campaign: ['brand-*'] },
        { channel: 'paid_search', source: ['google*', 'bing*'], medium: ['cp*', 'ppc'] },
        { channel: 'email', medium: ['email', 'newsletter'] },
      ],
    },
    event: 'definition.channel-rules-defined',
  })
  defineChannelRules(
    @Body() body: DefineChannelRulesRequest,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CommandAnswer> {
    const input = toDefineChannelRules(body);
    return this.endpoint.run(
      { request, reply },
      { route: 'define-channel-rules', target: '', body },
      (context) => new DefineChannelRulesCommand(context, input),
    );
  }
}
