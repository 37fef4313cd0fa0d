import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runStatementCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { DraftStatementCommand } from './draft-statement.command.js';
import { draftStatement } from './draft-statement.js';

@CommandHandler(DraftStatementCommand)
export class DraftStatementHandler implements ICommandHandler<DraftStatementCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  async execute(command: DraftStatementCommand): Promise<Outcome> {
    await this.deps.judged();
    return runStatementCommand(this.deps, command, draftStatement);
  }
}
