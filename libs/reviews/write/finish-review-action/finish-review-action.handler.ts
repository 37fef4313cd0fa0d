import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { REVIEW_DEPS, runReviewCommand, type ReviewDeps } from '../run-review-command.js';
import { FinishReviewActionCommand } from './finish-review-action.command.js';
import { finishReviewAction } from './finish-review-action.js';

@CommandHandler(FinishReviewActionCommand)
export class FinishReviewActionHandler implements ICommandHandler<FinishReviewActionCommand> {
  constructor(@Inject(REVIEW_DEPS) private readonly deps: ReviewDeps) {}

  execute({ context, id, actionId, input }: FinishReviewActionCommand): Promise<Outcome> {
    return runReviewCommand(this.deps, { context, id, input: { ...input, actionId } }, finishReviewAction);
  }
}
