import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { FEEDBACK_DEPS, runFeedbackCommand, type FeedbackDeps } from '../run-feedback-command.js';
import { AnswerFeedbackCommand } from './answer-feedback.command.js';
import { answerFeedback } from './answer-feedback.js';

@CommandHandler(AnswerFeedbackCommand)
export class AnswerFeedbackHandler implements ICommandHandler<AnswerFeedbackCommand> {
  constructor(@Inject(FEEDBACK_DEPS) private readonly deps: FeedbackDeps) {}

  execute(command: AnswerFeedbackCommand): Promise<Outcome> {
    return runFeedbackCommand(this.deps, command, answerFeedback);
  }
}
