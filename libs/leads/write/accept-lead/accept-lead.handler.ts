import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLeadWithDeals, type LeadCommand } from '../../run-on-lead.js';
import { AcceptLeadCommand } from './accept-lead.command.js';
import { acceptLead, type AcceptLeadInput } from './accept-lead.js';

@CommandHandler(AcceptLeadCommand)
export class AcceptLeadHandler implements ICommandHandler<AcceptLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: AcceptLeadCommand): Promise<Outcome> {
    return handleAcceptLead(this.deps, command);
  }
}

export const handleAcceptLead = (deps: LeadsDeps, command: LeadCommand<AcceptLeadInput>): Promise<Outcome> =>
  runOnLeadWithDeals(deps, command, acceptLead);
