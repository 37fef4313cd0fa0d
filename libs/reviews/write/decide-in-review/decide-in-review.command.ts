import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { DecideInReview } from './decide-in-review.js';

export class DecideInReviewCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly id: Uuid,
    readonly input: Omit<DecideInReview, 'decisionId'>,
  ) {
    super();
  }
}
