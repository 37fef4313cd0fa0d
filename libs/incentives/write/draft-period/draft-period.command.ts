import { Command } from '@nestjs/cqrs';
import type { CommandContext } from '#event-store/command-context.js';
import type { MemberAnswer, PlanPeriod } from '../run-each-of-period.js';

/** Drafts everybody's statement; who is approved already is left out. */
export class DraftPeriodCommand extends Command<readonly MemberAnswer[]> {
  constructor(
    readonly context: CommandContext,
    readonly of: PlanPeriod,
  ) {
    super();
  }
}
