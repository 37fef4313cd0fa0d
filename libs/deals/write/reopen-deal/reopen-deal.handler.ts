import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { ReopenDealCommand } from './reopen-deal.command.js';
import { reopenDeal, type ReopenDeal } from './reopen-deal.js';

export async function handleReopenDeal(deps: DealsDeps, command: DealCommand<ReopenDeal>): Promise<Outcome> {
  return runDealCommand(deps, command, reopenDeal);
}

@CommandHandler(ReopenDealCommand)
export class ReopenDealHandler implements ICommandHandler<ReopenDealCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: ReopenDealCommand): Promise<Outcome> {
    return handleReopenDeal(this.deps, command);
  }
}
