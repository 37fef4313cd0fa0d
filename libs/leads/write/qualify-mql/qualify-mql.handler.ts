import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLeadWithDeals, type LeadCommand } from '../../run-on-lead.js';
import { QualifyMqlCommand } from './qualify-mql.command.js';
import { qualifyMql, type QualifyMqlInput } from './qualify-mql.js';

@CommandHandler(QualifyMqlCommand)
export class QualifyMqlHandler implements ICommandHandler<QualifyMqlCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: QualifyMqlCommand): Promise<Outcome> {
    return handleQualifyMql(this.deps, command);
  }
}

export const handleQualifyMql = (deps: LeadsDeps, command: LeadCommand<QualifyMqlInput>): Promise<Outcome> =>
  runOnLeadWithDeals(deps, command, qualifyMql);
