import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runStatementCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { ApproveStatementCommand } from './approve-statement.command.js';
import { approveStatement } from './approve-statement.js';

@CommandHandler(ApproveStatementCommand)
export class ApproveStatementHandler implements ICommandHandler<ApproveStatementCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  async execute(command: ApproveStatementCommand): Promise<Outcome> {
    await this.deps.judged();
    return runStatementCommand(this.deps, command, approveStatement);
  }
}
