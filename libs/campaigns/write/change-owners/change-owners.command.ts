import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { ChangeCampaignOwners } from './change-owners.js';

export class ChangeOwnersCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly campaignId: Uuid,
    readonly input: ChangeCampaignOwners,
  ) {
    super();
  }
}
