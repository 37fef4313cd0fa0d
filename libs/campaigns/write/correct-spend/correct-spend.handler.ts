import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { CAMPAIGNS_DEPS, type CampaignsDeps } from '../../campaigns-deps.js';
import { runSpendCommand } from '../../run-campaign-command.js';
import { CorrectSpendCommand } from './correct-spend.command.js';
import { correctSpend } from './correct-spend.js';

export function handleCorrectSpend(
  deps: CampaignsDeps,
  { context, account, input }: Pick<CorrectSpendCommand, 'context' | 'account' | 'input'>,
): Promise<Outcome> {
  const { day, ...correction } = input;
  return runSpendCommand(deps, { context, account, day, input: correction }, correctSpend);
}

@CommandHandler(CorrectSpendCommand)
export class CorrectSpendHandler implements ICommandHandler<CorrectSpendCommand> {
  constructor(@Inject(CAMPAIGNS_DEPS) private readonly deps: CampaignsDeps) {}

  execute(command: CorrectSpendCommand): Promise<Outcome> {
    return handleCorrectSpend(this.deps, command);
  }
}
