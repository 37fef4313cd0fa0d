import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AcknowledgeFeedback } from './acknowledge-feedback.js';

export class AcknowledgeFeedbackCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly id: Uuid,
    readonly input: AcknowledgeFeedback,
  ) {
    super();
  }
}
