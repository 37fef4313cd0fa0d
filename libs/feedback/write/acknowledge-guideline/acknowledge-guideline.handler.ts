import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { FEEDBACK_DEPS, runGuidelineCommand, type FeedbackDeps } from '../run-feedback-command.js';
import { AcknowledgeGuidelineCommand } from './acknowledge-guideline.command.js';
import { acknowledgeGuideline } from './acknowledge-guideline.js';

@CommandHandler(AcknowledgeGuidelineCommand)
export class AcknowledgeGuidelineHandler implements ICommandHandler<AcknowledgeGuidelineCommand> {
  constructor(@Inject(FEEDBACK_DEPS) private readonly deps: FeedbackDeps) {}

  execute(command: AcknowledgeGuidelineCommand): Promise<Outcome> {
    return runGuidelineCommand(this.deps, command, acknowledgeGuideline);
  }
}
