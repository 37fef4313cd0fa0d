import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { GiveFeedback } from './give-feedback.js';

export class GiveFeedbackCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: GiveFeedback,
  ) {
    super();
  }
}
