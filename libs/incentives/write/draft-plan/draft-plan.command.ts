import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { DraftPlan } from './draft-plan.js';

export class DraftPlanCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    /** null: a plan that begins with it. */
    readonly planId: Uuid | null,
    readonly input: Pick<DraftPlan, 'terms' | 'occurredAt'>,
  ) {
    super();
  }
}
