import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import type { LeadReference } from '../../find-lead.js';
import type { ReviewLeadInput } from '../review-lead/review-lead.js';

export interface ReviewOfLead {
  readonly lead: LeadReference;
  readonly review: ReviewLeadInput;
}

/** A list in which some items may be malformed: those keep their place and their error. */
export class ReviewLeadsCommand extends Command<readonly (Outcome | DomainError)[]> {
  constructor(
    readonly context: CommandContext,
    readonly items: readonly (ReviewOfLead | DomainError)[],
  ) {
    super();
  }
}
