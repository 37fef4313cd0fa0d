import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uuidv5 } from '#kernel/ids.js';
import type { Outcome } from '#event-store/command-context.js';
import { REVIEW_DEPS, runReviewCommand, type ReviewDeps } from '../run-review-command.js';
import { DecideInReviewCommand } from './decide-in-review.command.js';
import { decideInReview } from './decide-in-review.js';

@CommandHandler(DecideInReviewCommand)
export class DecideInReviewHandler implements ICommandHandler<DecideInReviewCommand> {
  constructor(@Inject(REVIEW_DEPS) private readonly deps: ReviewDeps) {}

  execute({ context, id, input }: DecideInReviewCommand): Promise<Outcome> {
    const named = { ...input, decisionId: uuidv5(context.commandId, 'decision') };
    return runReviewCommand(this.deps, { context, id, input: named }, decideInReview);
  }
}
