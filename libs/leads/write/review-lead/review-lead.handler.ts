import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { ReviewLeadCommand } from './review-lead.command.js';
import { reviewLead, type ReviewLeadInput } from './review-lead.js';

@CommandHandler(ReviewLeadCommand)
export class ReviewLeadHandler implements ICommandHandler<ReviewLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: ReviewLeadCommand): Promise<Outcome> {
    return handleReviewLead(this.deps, command);
  }
}

export const handleReviewLead = (deps: LeadsDeps, command: LeadCommand<ReviewLeadInput>): Promise<Outcome> =>
  runOnLead(deps, command, reviewLead);
