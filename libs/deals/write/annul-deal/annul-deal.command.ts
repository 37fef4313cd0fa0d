import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AnnulDeal } from './annul-deal.js';

export class AnnulDealCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly dealId: Uuid,
    readonly input: AnnulDeal,
  ) {
    super();
  }
}
