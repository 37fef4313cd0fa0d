import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { uuidv5 } from '#kernel/ids.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { ownerAt } from '../owner-at.js';
import { runDealCommand } from '../run-deal-command.js';
import { readLeadStanding, reopenForDeal } from './lead-of-deal.js';
import { OpenDealCommand } from './open-deal.command.js';
import { openDeal } from './open-deal.js';

/**
 * The lead is looked at only while the deal is not there yet: a repeat leaves it alone, and a refused opening reopens nothing.
 */
export async function handleOpenDeal(
  deps: DealsDeps,
  { context, input }: Pick<OpenDealCommand, 'context' | 'input'>,
): Promise<Outcome> {
  const dealId = input.dealId ?? uuidv5(context.commandId, 'deal');
  const at = input.occurredAt ?? context.now;
  return runDealCommand(deps, { context, dealId, input }, async (asked, deal) => {
    const owner = await ownerAt(deps.roster, { owner: input.owner ?? null, team: input.ownerTeam }, at);
    const lead = input.lead === null ? null : await readLeadStanding(deps.store, input.lead);
    const opening = openDeal(asked, deal, { lead, owner });
    if (!opening.reopensLead || input.lead === null) return opening.events;
    await reopenForDeal(deps.store, { ...context, actor: asked.actor }, input.lead, at);
    return openDeal(asked, deal, { lead: await readLeadStanding(deps.store, input.lead), owner }).events;
  });
}

@CommandHandler(OpenDealCommand)
export class OpenDealHandler implements ICommandHandler<OpenDealCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: OpenDealCommand): Promise<Outcome> {
    return handleOpenDeal(this.deps, command);
  }
}
