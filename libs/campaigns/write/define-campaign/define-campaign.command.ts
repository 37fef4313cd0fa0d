import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DefineCampaign } from './define-campaign.js';

/** `startOn` is today where it is left out. */
export interface DefineCampaignInput extends Omit<DefineCampaign, 'startOn'> {
  readonly startOn?: string;
}

export class DefineCampaignCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: DefineCampaignInput,
  ) {
    super();
  }
}
