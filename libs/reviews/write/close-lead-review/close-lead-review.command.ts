import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { CloseLeadReview } from './close-lead-review.js';

export class CloseLeadReviewCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly id: Uuid,
    readonly input: CloseLeadReview,
  ) {
    super();
  }
}
