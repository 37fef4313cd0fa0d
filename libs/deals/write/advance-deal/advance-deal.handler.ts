import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { AdvanceDealCommand } from './advance-deal.command.js';
import { advanceDeal, type AdvanceDeal } from './advance-deal.js';

export async function handleAdvanceDeal(deps: DealsDeps, command: DealCommand<AdvanceDeal>): Promise<Outcome> {
  return runDealCommand(deps, command, advanceDeal);
}

@CommandHandler(AdvanceDealCommand)
export class AdvanceDealHandler implements ICommandHandler<AdvanceDealCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: AdvanceDealCommand): Promise<Outcome> {
    return handleAdvanceDeal(this.deps, command);
  }
}
