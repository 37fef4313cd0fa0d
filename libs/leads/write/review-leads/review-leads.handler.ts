import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import { answerEach } from '#platform/http/command-list.js';
import { findLead } from '../../find-lead.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { leadNotFound } from '../../run-on-lead.js';
import { handleReviewLead } from '../review-lead/review-lead.handler.js';
import { ReviewLeadsCommand } from './review-leads.command.js';

@CommandHandler(ReviewLeadsCommand)
export class ReviewLeadsHandler implements ICommandHandler<ReviewLeadsCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  /** Each review is judged alone, those of one lead in the order given; a ledger out of reach fails the whole. */
  execute({ context, items }: ReviewLeadsCommand): Promise<readonly (Outcome | DomainError)[]> {
    return answerEach(
      context,
      items,
      ({ lead }) => JSON.stringify(lead),
      async (own, { lead, review }) => {
        const leadId = await findLead(this.deps, lead);
        if (leadId === null) throw leadNotFound('so named');
        return handleReviewLead(this.deps, { context: own, leadId, input: review });
      },
    );
  }
}
