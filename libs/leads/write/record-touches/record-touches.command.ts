import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import type { LeadReference } from '../../find-lead.js';
import type { TouchInput } from '../../touch-facts.js';

export interface TouchOfLead {
  readonly lead: LeadReference;
  readonly touch: TouchInput;
}

/** A list in which some items may be malformed: those keep their place and their error. */
export class RecordTouchesCommand extends Command<readonly (Outcome | DomainError)[]> {
  constructor(
    readonly context: CommandContext,
    readonly items: readonly (TouchOfLead | DomainError)[],
  ) {
    super();
  }
}
