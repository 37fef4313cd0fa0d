import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DefineMargins } from './define-margins.js';

export class DefineMarginsCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: DefineMargins,
  ) {
    super();
  }
}
