import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uuidv5 } from '#kernel/ids.js';
import type { Outcome } from '#event-store/command-context.js';
import { REVIEW_DEPS, runReviewCommand, type ReviewDeps } from '../run-review-command.js';
import { AddReviewActionCommand } from './add-review-action.command.js';
import { addReviewAction } from './add-review-action.js';

@CommandHandler(AddReviewActionCommand)
export class AddReviewActionHandler implements ICommandHandler<AddReviewActionCommand> {
  constructor(@Inject(REVIEW_DEPS) private readonly deps: ReviewDeps) {}

  async execute({ context, id, input }: AddReviewActionCommand): Promise<Outcome> {
    const owner = await this.deps.roster.resolve(input.owner);
    const named = { ...input, owner, actionId: uuidv5(context.commandId, 'action') };
    return runReviewCommand(this.deps, { context, id, input: named }, addReviewAction);
  }
}
