import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Dated } from '../../asked.js';
import type { StatementKey } from '../../events/statement-events.js';

export class ApproveStatementCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly key: StatementKey,
    readonly input: Dated,
  ) {
    super();
  }
}
