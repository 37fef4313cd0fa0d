import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLeadWithDeals, type LeadCommand } from '../../run-on-lead.js';
import { RecycleLeadCommand } from './recycle-lead.command.js';
import { recycleLead, type RecycleLeadInput } from './recycle-lead.js';

@CommandHandler(RecycleLeadCommand)
export class RecycleLeadHandler implements ICommandHandler<RecycleLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: RecycleLeadCommand): Promise<Outcome> {
    return handleRecycleLead(this.deps, command);
  }
}

export const handleRecycleLead = (deps: LeadsDeps, command: LeadCommand<RecycleLeadInput>): Promise<Outcome> =>
  runOnLeadWithDeals(deps, command, recycleLead, 'recycle');
