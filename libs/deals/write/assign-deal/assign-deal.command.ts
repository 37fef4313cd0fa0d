import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AssignDeal } from './assign-deal.js';

export class AssignDealCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly dealId: Uuid,
    readonly input: AssignDeal,
  ) {
    super();
  }
}
