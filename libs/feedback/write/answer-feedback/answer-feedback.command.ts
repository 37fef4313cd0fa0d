import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AnswerFeedback } from './answer-feedback.js';

export class AnswerFeedbackCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly id: Uuid,
    readonly input: AnswerFeedback,
  ) {
    super();
  }
}
