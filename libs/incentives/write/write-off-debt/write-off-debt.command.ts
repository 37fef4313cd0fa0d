import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { WriteOffDebt } from './write-off-debt.js';
import type { StatementKey } from '../../events/statement-events.js';

export class WriteOffDebtCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly key: Omit<StatementKey, 'period'>,
    readonly input: WriteOffDebt,
  ) {
    super();
  }
}
