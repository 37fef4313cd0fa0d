import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { AssignLeadInput } from './assign-lead.js';

export class AssignLeadCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly leadId: Uuid,
    readonly input: AssignLeadInput,
  ) {
    super();
  }
}
