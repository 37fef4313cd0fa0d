import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { AcknowledgeGuideline } from './acknowledge-guideline.js';

export class AcknowledgeGuidelineCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly name: string,
    readonly input: AcknowledgeGuideline,
  ) {
    super();
  }
}
