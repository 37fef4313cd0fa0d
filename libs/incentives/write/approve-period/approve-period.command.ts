import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#event-store/command-context.js';
import type { MemberAnswer, PlanPeriod } from '../run-each-of-period.js';

/** Approves everybody's drafted statement; who may not approve one leaves it to somebody else. */
export class ApprovePeriodCommand extends Command<readonly MemberAnswer[]> {
  constructor(
    readonly context: CommandContext,
    readonly of: PlanPeriod,
  ) {
    super();
  }
}
