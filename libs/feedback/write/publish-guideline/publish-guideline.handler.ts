import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { FEEDBACK_DEPS, runGuidelineCommand, type FeedbackDeps } from '../run-feedback-command.js';
import { PublishGuidelineCommand } from './publish-guideline.command.js';
import { publishGuideline } from './publish-guideline.js';

@CommandHandler(PublishGuidelineCommand)
export class PublishGuidelineHandler implements ICommandHandler<PublishGuidelineCommand> {
  constructor(@Inject(FEEDBACK_DEPS) private readonly deps: FeedbackDeps) {}

  execute(command: PublishGuidelineCommand): Promise<Outcome> {
    return runGuidelineCommand(this.deps, command, (asked, guideline) =>
      publishGuideline(command.name, asked, guideline),
    );
  }
}
