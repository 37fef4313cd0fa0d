import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLeadWithDeals, type LeadCommand } from '../../run-on-lead.js';
import { RejectLeadCommand } from './reject-lead.command.js';
import { rejectLead, type RejectLeadInput } from './reject-lead.js';

@CommandHandler(RejectLeadCommand)
export class RejectLeadHandler implements ICommandHandler<RejectLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: RejectLeadCommand): Promise<Outcome> {
    return handleRejectLead(this.deps, command);
  }
}

export const handleRejectLead = (deps: LeadsDeps, command: LeadCommand<RejectLeadInput>): Promise<Outcome> =>
  runOnLeadWithDeals(deps, command, rejectLead, 'reject');
