import { installationOf } from '#event-store/event-store.js';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { badField, campaignNotFound } from '../../asked.js';
import { CAMPAIGNS_DEPS, type CampaignsDeps } from '../../campaigns-deps.js';
import { spendAccount } from '../../events/spend-events.js';
import { readCampaign, runSpendCommand } from '../../run-campaign-command.js';
import { RecordSpendCommand, type RecordSpendInput } from './record-spend.command.js';
import { recordSpend } from './record-spend.js';

export type SpendOn = { readonly campaignId: Uuid } | { readonly channelOnly: true };

/** Spend of a campaign, or of a channel alone. Throws `CAMPAIGN.NOT_FOUND`, `SPEND.CHANNEL_MISSING` and what the decision throws. */
export async function handleRecordSpend(
  deps: CampaignsDeps,
  { context, on, input }: { readonly context: CommandContext; readonly on: SpendOn; readonly input: RecordSpendInput },
): Promise<Outcome> {
  const spendId = input.spendId ?? uuidv5(context.commandId, 'spend');
  const { day } = input;
  if ('channelOnly' in on) {
    const { channel } = input;
    if (channel === null) {
      throw badField('SPEND.CHANNEL_MISSING', '/channel', 'spend names a campaign, a channel, or both');
    }
    const account = spendAccount(installationOf(deps.store), { channel });
    const alone = { ...input, spendId, campaign: null, campaignId: null };
    return runSpendCommand(deps, { context, account, day, input: alone }, recordSpend);
  }
  const { campaignId } = on;
  const campaign = await readCampaign(deps, campaignId);
  if (campaign.status === 'none') throw campaignNotFound('there is no such campaign');
  const channel = input.channel ?? campaign.channel;
  const own = { ...input, spendId, campaign: campaign.name, campaignId, channel };
  return runSpendCommand(deps, { context, account: campaignId, day, input: own }, recordSpend);
}

@CommandHandler(RecordSpendCommand)
export class RecordSpendHandler implements ICommandHandler<RecordSpendCommand> {
  constructor(@Inject(CAMPAIGNS_DEPS) private readonly deps: CampaignsDeps) {}

  execute({ context, campaignId, input }: RecordSpendCommand): Promise<Outcome> {
    return handleRecordSpend(this.deps, { context, on: { campaignId }, input });
  }
}
