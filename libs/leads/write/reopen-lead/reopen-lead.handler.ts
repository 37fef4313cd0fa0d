import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { ReopenLeadCommand } from './reopen-lead.command.js';
import { reopenLead, type ReopenLeadInput } from './reopen-lead.js';

@CommandHandler(ReopenLeadCommand)
export class ReopenLeadHandler implements ICommandHandler<ReopenLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: ReopenLeadCommand): Promise<Outcome> {
    return handleReopenLead(this.deps, command);
  }
}

export async function handleReopenLead(deps: LeadsDeps, command: LeadCommand<ReopenLeadInput>): Promise<Outcome> {
  const { context, input } = command;
  const role = await deps.roster.roleAt(context.actor.id, input.occurredAt ?? context.now);
  return runOnLead(deps, command, (asked, lead) => reopenLead({ ...asked, role }, lead));
}
