import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { payStatement } from '../pay-statement/pay-statement.js';
import { runEachOfPeriod, type MemberAnswer } from '../run-each-of-period.js';
import { STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { PayPeriodCommand } from './pay-period.command.js';

@CommandHandler(PayPeriodCommand)
export class PayPeriodHandler implements ICommandHandler<PayPeriodCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  execute({ context, of, input }: PayPeriodCommand): Promise<readonly MemberAnswer[]> {
    return runEachOfPeriod(
      this.deps,
      { context, of, input },
      ({ status, payable }) => status === 'approved' && payable > 0,
      payStatement,
    );
  }
}
