import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { EndPlan } from './end-plan.js';

export class EndPlanCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly planId: Uuid,
    readonly input: EndPlan,
  ) {
    super();
  }
}
