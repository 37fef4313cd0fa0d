import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { draftStatement } from '../draft-statement/draft-statement.js';
import { runEachOfPeriod, type MemberAnswer } from '../run-each-of-period.js';
import { STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { DraftPeriodCommand } from './draft-period.command.js';

@CommandHandler(DraftPeriodCommand)
export class DraftPeriodHandler implements ICommandHandler<DraftPeriodCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  execute({ context, of }: DraftPeriodCommand): Promise<readonly MemberAnswer[]> {
    return runEachOfPeriod(
      this.deps,
      { context, of, input: {} },
      ({ status }) => status === 'open' || status === 'drafted',
      draftStatement,
    );
  }
}
