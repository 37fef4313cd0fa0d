import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { REVIEW_DEPS, runReviewCommand, type ReviewDeps } from '../run-review-command.js';
import { CloseLeadReviewCommand } from './close-lead-review.command.js';
import { itemKey, reviewedItems } from '../../reviewed-items.js';
import { closeLeadReview } from './close-lead-review.js';

@CommandHandler(CloseLeadReviewCommand)
export class CloseLeadReviewHandler implements ICommandHandler<CloseLeadReviewCommand> {
  constructor(@Inject(REVIEW_DEPS) private readonly deps: ReviewDeps) {}

  execute(command: CloseLeadReviewCommand): Promise<Outcome> {
    const { store } = this.deps;
    return runReviewCommand(this.deps, command, async (asked, review) => {
      const queue = review.opened?.queue ?? [];
      const reviewed = await reviewedItems(store, queue);
      return closeLeadReview(
        asked,
        review,
        queue.filter((item) => !reviewed.has(itemKey(item))),
      );
    });
  }
}
