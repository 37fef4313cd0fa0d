import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#event-store/command-context.js';
import type { PayStatement } from '../pay-statement/pay-statement.js';
import type { MemberAnswer, PlanPeriod } from '../run-each-of-period.js';

/** Everybody's approved statement was paid; those with nothing to pay are left out. */
export class PayPeriodCommand extends Command<readonly MemberAnswer[]> {
  constructor(
    readonly context: CommandContext,
    readonly of: PlanPeriod,
    readonly input: PayStatement,
  ) {
    super();
  }
}
