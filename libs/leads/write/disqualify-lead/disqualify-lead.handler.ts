import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLeadWithDeals, type LeadCommand } from '../../run-on-lead.js';
import { DisqualifyLeadCommand } from './disqualify-lead.command.js';
import { disqualifyLead, type DisqualifyLeadInput } from './disqualify-lead.js';

@CommandHandler(DisqualifyLeadCommand)
export class DisqualifyLeadHandler implements ICommandHandler<DisqualifyLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: DisqualifyLeadCommand): Promise<Outcome> {
    return handleDisqualifyLead(this.deps, command);
  }
}

export const handleDisqualifyLead = (deps: LeadsDeps, command: LeadCommand<DisqualifyLeadInput>): Promise<Outcome> =>
  runOnLeadWithDeals(deps, command, disqualifyLead, 'disqualify');
