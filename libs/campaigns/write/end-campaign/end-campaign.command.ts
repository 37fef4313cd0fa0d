import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { EndCampaign } from './end-campaign.js';

export class EndCampaignCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly campaignId: Uuid,
    readonly input: EndCampaign,
  ) {
    super();
  }
}
