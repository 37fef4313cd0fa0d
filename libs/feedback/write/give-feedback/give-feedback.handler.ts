import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { uuidv5 } from '#kernel/ids.js';
import type { Outcome } from '#event-store/command-context.js';
import { FEEDBACK_DEPS, runFeedbackCommand, type FeedbackDeps } from '../run-feedback-command.js';
import { GiveFeedbackCommand } from './give-feedback.command.js';
import { giveFeedback } from './give-feedback.js';

@CommandHandler(GiveFeedbackCommand)
export class GiveFeedbackHandler implements ICommandHandler<GiveFeedbackCommand> {
  constructor(@Inject(FEEDBACK_DEPS) private readonly deps: FeedbackDeps) {}

  execute(command: GiveFeedbackCommand): Promise<Outcome> {
    const { context, input } = command;
    return runFeedbackCommand(this.deps, { context, id: uuidv5(context.commandId, 'feedback'), input }, giveFeedback);
  }
}
