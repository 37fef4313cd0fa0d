import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { Dated } from '../../asked.js';
import type { LeadDetails } from '../../events/lead-events.js';
import type { TouchInput } from '../../touch-facts.js';

export interface CreateLeadInput extends Dated, LeadDetails {
  /** A member's handle or alias. */
  readonly owner: string | null;
  readonly touches: readonly TouchInput[];
  readonly onDuplicate: 'refuse' | 'touch';
  /** The id that a row's external id decides (`externalLeadId`); over HTTP the id derives from the command. */
  readonly leadId?: Uuid;
}

export class CreateLeadCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: CreateLeadInput,
  ) {
    super();
  }
}
