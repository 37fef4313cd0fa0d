import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runOpenStatementCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { WriteOffDebtCommand } from './write-off-debt.command.js';
import { writeOffDebt } from './write-off-debt.js';

@CommandHandler(WriteOffDebtCommand)
export class WriteOffDebtHandler implements ICommandHandler<WriteOffDebtCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  async execute(command: WriteOffDebtCommand): Promise<Outcome> {
    await this.deps.judged();
    return runOpenStatementCommand(this.deps, command, writeOffDebt);
  }
}
