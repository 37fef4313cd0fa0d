import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLeadWithDeals, type LeadCommand } from '../../run-on-lead.js';
import { AnnulStageCommand } from './annul-stage.command.js';
import { annulStage, type AnnulStageInput } from './annul-stage.js';

@CommandHandler(AnnulStageCommand)
export class AnnulStageHandler implements ICommandHandler<AnnulStageCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: AnnulStageCommand): Promise<Outcome> {
    return handleAnnulStage(this.deps, command);
  }
}

export const handleAnnulStage = (deps: LeadsDeps, command: LeadCommand<AnnulStageInput>): Promise<Outcome> =>
  runOnLeadWithDeals(deps, command, annulStage);
