import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { FinishReviewAction } from './finish-review-action.js';

export class FinishReviewActionCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly id: Uuid,
    readonly actionId: string,
    readonly input: Omit<FinishReviewAction, 'actionId'>,
  ) {
    super();
  }
}
