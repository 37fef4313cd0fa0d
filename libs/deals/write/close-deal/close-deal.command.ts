import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { CloseDeal } from './close-deal.js';

export class CloseDealCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly dealId: Uuid,
    readonly input: CloseDeal,
  ) {
    super();
  }
}
