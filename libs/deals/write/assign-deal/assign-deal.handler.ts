import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { ownerAt } from '../owner-at.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { AssignDealCommand } from './assign-deal.command.js';
import { assignDeal, type AssignDeal } from './assign-deal.js';

export async function handleAssignDeal(
  deps: DealsDeps,
  { context, dealId, input }: DealCommand<AssignDeal>,
): Promise<Outcome> {
  const inCharge = await ownerAt(deps.roster, input, input.occurredAt ?? context.now);
  return runDealCommand(deps, { context, dealId, input: { ...input, ...inCharge } }, assignDeal);
}

@CommandHandler(AssignDealCommand)
export class AssignDealHandler implements ICommandHandler<AssignDealCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: AssignDealCommand): Promise<Outcome> {
    return handleAssignDeal(this.deps, command);
  }
}
