import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AdvanceDeal } from './advance-deal.js';

export class AdvanceDealCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly dealId: Uuid,
    readonly input: AdvanceDeal,
  ) {
    super();
  }
}
