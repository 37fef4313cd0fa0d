import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { DisqualifyLeadInput } from './disqualify-lead.js';

export class DisqualifyLeadCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly leadId: Uuid,
    readonly input: DisqualifyLeadInput,
  ) {
    super();
  }
}
