import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { AssignLeadCommand } from './assign-lead.command.js';
import { assignLead, type AssignLeadInput } from './assign-lead.js';

@CommandHandler(AssignLeadCommand)
export class AssignLeadHandler implements ICommandHandler<AssignLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: AssignLeadCommand): Promise<Outcome> {
    return handleAssignLead(this.deps, command);
  }
}

/** The roster's word on the owner's team stands; the one given counts for a queue and for owners that it does not know. */
export async function handleAssignLead(deps: LeadsDeps, command: LeadCommand<AssignLeadInput>): Promise<Outcome> {
  const { context, input } = command;
  const owner = input.owner === null ? null : await deps.roster.resolve(input.owner);
  const known = owner === null ? null : await deps.roster.teamAt(owner, input.occurredAt ?? context.now);
  return runOnLead(deps, { ...command, input: { ...input, owner, team: known ?? input.team } }, assignLead);
}
