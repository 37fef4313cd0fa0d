import { calendarOf } from '#kernel/calendar.js';
import { installationOf } from '#event-store/event-store.js';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { dayText } from '#kernel/time.js';
import { CAMPAIGNS_DEPS, type CampaignsDeps } from '../../campaigns-deps.js';
import { campaignIdOf } from '../../events/campaign-events.js';
import { ownersOf, runCampaignCommand } from '../../run-campaign-command.js';
import { DefineCampaignCommand } from './define-campaign.command.js';
import { defineCampaign } from './define-campaign.js';

export async function handleDefineCampaign(
  deps: CampaignsDeps,
  { context, input }: Pick<DefineCampaignCommand, 'context' | 'input'>,
): Promise<Outcome> {
  const today = dayText(calendarOf(deps.organisation).dayOf(input.occurredAt ?? context.now));
  const owners = await ownersOf(deps.roster, input.owners);
  const campaignId = campaignIdOf(installationOf(deps.store), input.name);
  const command = { context, campaignId, input: { ...input, owners, startOn: input.startOn ?? today } };
  return runCampaignCommand(deps, command, defineCampaign);
}

@CommandHandler(DefineCampaignCommand)
export class DefineCampaignHandler implements ICommandHandler<DefineCampaignCommand> {
  constructor(@Inject(CAMPAIGNS_DEPS) private readonly deps: CampaignsDeps) {}

  execute(command: DefineCampaignCommand): Promise<Outcome> {
    return handleDefineCampaign(this.deps, command);
  }
}
