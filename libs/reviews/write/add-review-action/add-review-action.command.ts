import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AddReviewAction } from './add-review-action.js';

export class AddReviewActionCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly id: Uuid,
    readonly input: Omit<AddReviewAction, 'actionId'>,
  ) {
    super();
  }
}
