import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { SignPlan } from './sign-plan.js';

export class SignPlanCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly planId: Uuid,
    readonly input: SignPlan,
  ) {
    super();
  }
}
