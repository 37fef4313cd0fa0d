import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AcceptLeadInput } from './accept-lead.js';

export class AcceptLeadCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly leadId: Uuid,
    readonly input: AcceptLeadInput,
  ) {
    super();
  }
}
