import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { FEEDBACK_DEPS, runFeedbackCommand, type FeedbackDeps } from '../run-feedback-command.js';
import { ResolveFeedbackCommand } from './resolve-feedback.command.js';
import { resolveFeedback } from './resolve-feedback.js';

@CommandHandler(ResolveFeedbackCommand)
export class ResolveFeedbackHandler implements ICommandHandler<ResolveFeedbackCommand> {
  constructor(@Inject(FEEDBACK_DEPS) private readonly deps: FeedbackDeps) {}

  execute(command: ResolveFeedbackCommand): Promise<Outcome> {
    return runFeedbackCommand(this.deps, command, resolveFeedback);
  }
}
