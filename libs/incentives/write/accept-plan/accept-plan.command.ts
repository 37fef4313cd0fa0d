import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AcceptPlan } from './accept-plan.js';

export class AcceptPlanCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly planId: Uuid,
    readonly input: AcceptPlan,
  ) {
    super();
  }
}
