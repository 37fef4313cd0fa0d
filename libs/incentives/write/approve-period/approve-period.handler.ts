import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { approveStatement } from '../approve-statement/approve-statement.js';
import { runEachOfPeriod, type MemberAnswer } from '../run-each-of-period.js';
import { STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { ApprovePeriodCommand } from './approve-period.command.js';

@CommandHandler(ApprovePeriodCommand)
export class ApprovePeriodHandler implements ICommandHandler<ApprovePeriodCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  execute({ context, of }: ApprovePeriodCommand): Promise<readonly MemberAnswer[]> {
    return runEachOfPeriod(
      this.deps,
      { context, of, input: {} },
      ({ status }) => status === 'drafted',
      approveStatement,
    );
  }
}
