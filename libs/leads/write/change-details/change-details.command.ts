import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { ChangeDetailsInput } from './change-details.js';

export class ChangeDetailsCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly leadId: Uuid,
    readonly input: ChangeDetailsInput,
  ) {
    super();
  }
}
