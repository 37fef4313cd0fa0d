import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { CloseDealCommand } from './close-deal.command.js';
import { closeDeal, type CloseDeal } from './close-deal.js';

export async function handleCloseDeal(deps: DealsDeps, command: DealCommand<CloseDeal>): Promise<Outcome> {
  return runDealCommand(deps, command, async (asked, deal) =>
    closeDeal(asked, deal, await deps.codeLists?.listOf('close')),
  );
}

@CommandHandler(CloseDealCommand)
export class CloseDealHandler implements ICommandHandler<CloseDealCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: CloseDealCommand): Promise<Outcome> {
    return handleCloseDeal(this.deps, command);
  }
}
