import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runStatementCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { PayStatementCommand } from './pay-statement.command.js';
import { payStatement } from './pay-statement.js';

@CommandHandler(PayStatementCommand)
export class PayStatementHandler implements ICommandHandler<PayStatementCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  execute(command: PayStatementCommand): Promise<Outcome> {
    return runStatementCommand(this.deps, command, payStatement);
  }
}
