import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DefineChannelRules } from './define-channel-rules.js';

export class DefineChannelRulesCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: DefineChannelRules,
  ) {
    super();
  }
}
