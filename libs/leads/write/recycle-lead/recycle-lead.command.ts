import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { RecycleLeadInput } from './recycle-lead.js';

export class RecycleLeadCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly leadId: Uuid,
    readonly input: RecycleLeadInput,
  ) {
    super();
  }
}
