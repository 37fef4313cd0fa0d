import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { CAMPAIGNS_DEPS, type CampaignsDeps } from '../../campaigns-deps.js';
import { ownersOf, runCampaignCommand, type CampaignCommand } from '../../run-campaign-command.js';
import { ChangeOwnersCommand } from './change-owners.command.js';
import { changeOwners, type ChangeCampaignOwners } from './change-owners.js';

export async function handleChangeOwners(
  deps: CampaignsDeps,
  { context, campaignId, input }: CampaignCommand<ChangeCampaignOwners>,
): Promise<Outcome> {
  const owners = await ownersOf(deps.roster, input.owners);
  return runCampaignCommand(deps, { context, campaignId, input: { ...input, owners } }, changeOwners);
}

@CommandHandler(ChangeOwnersCommand)
export class ChangeOwnersHandler implements ICommandHandler<ChangeOwnersCommand> {
  constructor(@Inject(CAMPAIGNS_DEPS) private readonly deps: CampaignsDeps) {}

  execute(command: ChangeOwnersCommand): Promise<Outcome> {
    return handleChangeOwners(this.deps, command);
  }
}
