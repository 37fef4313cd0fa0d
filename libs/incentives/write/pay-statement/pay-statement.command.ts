import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { PayStatement } from './pay-statement.js';
import type { StatementKey } from '../../events/statement-events.js';

export class PayStatementCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly key: StatementKey,
    readonly input: PayStatement,
  ) {
    super();
  }
}
