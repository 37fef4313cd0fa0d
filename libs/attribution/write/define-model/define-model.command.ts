import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DefineModel } from './define-model.js';

export class DefineModelCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: DefineModel,
  ) {
    super();
  }
}
