import { installationOf } from '#event-store/event-store.js';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import { answerEach } from '#platform/http/command-list.js';
import { CAMPAIGNS_DEPS, type CampaignsDeps } from '../../campaigns-deps.js';
import { campaignIdOf } from '../../events/campaign-events.js';
import { handleRecordSpend } from '../record-spend/record-spend.handler.js';
import { RecordSpendsCommand, type SpendOfCampaign } from './record-spends.command.js';

export const handleRecordSpends = (
  deps: CampaignsDeps,
  { context, items }: Pick<RecordSpendsCommand, 'context' | 'items'>,
): Promise<readonly (Outcome | DomainError)[]> =>
  answerEach(context, items, accountKey, (own, { campaign, spend }) => {
    const on =
      campaign === null
        ? { channelOnly: true as const }
        : { campaignId: campaignIdOf(installationOf(deps.store), campaign) };
    return handleRecordSpend(deps, { context: own, on, input: spend });
  });

const accountKey = ({ campaign, spend }: SpendOfCampaign): string => JSON.stringify([campaign, spend.day.slice(0, 7)]);

@CommandHandler(RecordSpendsCommand)
export class RecordSpendsHandler implements ICommandHandler<RecordSpendsCommand> {
  constructor(@Inject(CAMPAIGNS_DEPS) private readonly deps: CampaignsDeps) {}

  execute(command: RecordSpendsCommand): Promise<readonly (Outcome | DomainError)[]> {
    return handleRecordSpends(this.deps, command);
  }
}
