import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { RejectLeadInput } from './reject-lead.js';

export class RejectLeadCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly leadId: Uuid,
    readonly input: RejectLeadInput,
  ) {
    super();
  }
}
