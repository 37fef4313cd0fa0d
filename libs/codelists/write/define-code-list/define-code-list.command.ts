import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { CodeListName } from '../../events/code-list-events.js';
import type { DefineCodeList } from './define-code-list.js';

export class DefineCodeListCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly list: CodeListName,
    readonly input: DefineCodeList,
  ) {
    super();
  }
}
