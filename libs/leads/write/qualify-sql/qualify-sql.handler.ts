import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLeadWithDeals, type LeadCommand } from '../../run-on-lead.js';
import { QualifySqlCommand } from './qualify-sql.command.js';
import { qualifySql, type QualifySqlInput } from './qualify-sql.js';

@CommandHandler(QualifySqlCommand)
export class QualifySqlHandler implements ICommandHandler<QualifySqlCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: QualifySqlCommand): Promise<Outcome> {
    return handleQualifySql(this.deps, command);
  }
}

export const handleQualifySql = (deps: LeadsDeps, command: LeadCommand<QualifySqlInput>): Promise<Outcome> =>
  runOnLeadWithDeals(deps, command, qualifySql);
