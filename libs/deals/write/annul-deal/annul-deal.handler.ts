import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { AnnulDealCommand } from './annul-deal.command.js';
import { annulDeal, type AnnulDeal } from './annul-deal.js';

export async function handleAnnulDeal(deps: DealsDeps, command: DealCommand<AnnulDeal>): Promise<Outcome> {
  return runDealCommand(deps, command, annulDeal);
}

@CommandHandler(AnnulDealCommand)
export class AnnulDealHandler implements ICommandHandler<AnnulDealCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: AnnulDealCommand): Promise<Outcome> {
    return handleAnnulDeal(this.deps, command);
  }
}
