import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { ResolveFeedback } from './resolve-feedback.js';

export class ResolveFeedbackCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly id: Uuid,
    readonly input: ResolveFeedback,
  ) {
    super();
  }
}
