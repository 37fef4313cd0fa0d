import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { AmendDealCommand } from './amend-deal.command.js';
import { amendDeal, type AmendDeal } from './amend-deal.js';

export async function handleAmendDeal(deps: DealsDeps, command: DealCommand<AmendDeal>): Promise<Outcome> {
  return runDealCommand(deps, command, amendDeal);
}

@CommandHandler(AmendDealCommand)
export class AmendDealHandler implements ICommandHandler<AmendDealCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: AmendDealCommand): Promise<Outcome> {
    return handleAmendDeal(this.deps, command);
  }
}
