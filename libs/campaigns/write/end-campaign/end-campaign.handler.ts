import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { CAMPAIGNS_DEPS, type CampaignsDeps } from '../../campaigns-deps.js';
import { runCampaignCommand, type CampaignCommand } from '../../run-campaign-command.js';
import { EndCampaignCommand } from './end-campaign.command.js';
import { endCampaign, type EndCampaign } from './end-campaign.js';

export const handleEndCampaign = (deps: CampaignsDeps, command: CampaignCommand<EndCampaign>): Promise<Outcome> =>
  runCampaignCommand(deps, command, endCampaign);

@CommandHandler(EndCampaignCommand)
export class EndCampaignHandler implements ICommandHandler<EndCampaignCommand> {
  constructor(@Inject(CAMPAIGNS_DEPS) private readonly deps: CampaignsDeps) {}

  execute(command: EndCampaignCommand): Promise<Outcome> {
    return handleEndCampaign(this.deps, command);
  }
}
