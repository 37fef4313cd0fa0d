import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { ReviewLeadCommand } from './review-lead.command.js';
import { reviewLead, type ReviewLeadInput, type ReviewLists } from './review-lead.js';

@CommandHandler(ReviewLeadCommand)
export class ReviewLeadHandler implements ICommandHandler<ReviewLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: ReviewLeadCommand): Promise<Outcome> {
    return handleReviewLead(this.deps, command);
  }
}

export const handleReviewLead = (deps: LeadsDeps, command: LeadCommand<ReviewLeadInput>): Promise<Outcome> =>
  runOnLead(deps, command, async (asked, lead) => reviewLead(asked, lead, await listsOf(deps)));

async function listsOf({ codeLists }: LeadsDeps): Promise<ReviewLists | undefined> {
  if (codeLists === undefined) return undefined;
  const [needs, challenges, helped, wentWrong] = await Promise.all([
    codeLists.listOf('needs'),
    codeLists.listOf('challenges'),
    codeLists.listOf('helped'),
    codeLists.listOf('went-wrong'),
  ]);
  return { needs, challenges, helped, 'went-wrong': wentWrong };
}
