import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { FEEDBACK_DEPS, runFeedbackCommand, type FeedbackDeps } from '../run-feedback-command.js';
import { AcknowledgeFeedbackCommand } from './acknowledge-feedback.command.js';
import { acknowledgeFeedback } from './acknowledge-feedback.js';

@CommandHandler(AcknowledgeFeedbackCommand)
export class AcknowledgeFeedbackHandler implements ICommandHandler<AcknowledgeFeedbackCommand> {
  constructor(@Inject(FEEDBACK_DEPS) private readonly deps: FeedbackDeps) {}

  execute(command: AcknowledgeFeedbackCommand): Promise<Outcome> {
    return runFeedbackCommand(this.deps, command, acknowledgeFeedback);
  }
}
