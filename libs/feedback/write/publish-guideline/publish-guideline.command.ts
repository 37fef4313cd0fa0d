import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { PublishGuideline } from './publish-guideline.js';

export class PublishGuidelineCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly name: string,
    readonly input: PublishGuideline,
  ) {
    super();
  }
}
