import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { LeadEvent } from '../../events/lead-events.js';
import { claimMore, identitiesOf, releaseFormer } from '../../identity-claims.js';
import { hasExternalId } from '../../lead-details.js';
import type { LeadState } from '../../lead.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { runOnLead, type LeadCommand } from '../../run-on-lead.js';
import { ChangeDetailsCommand } from './change-details.command.js';
import { changeDetails, type ChangeDetailsInput } from './change-details.js';

@CommandHandler(ChangeDetailsCommand)
export class ChangeDetailsHandler implements ICommandHandler<ChangeDetailsCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: ChangeDetailsCommand): Promise<Outcome> {
    return handleChangeDetails(this.deps, command);
  }
}

/**
 * A new e-mail or external id is claimed before the change and the old one released after it; in between the lead holds both, and a repeat
 * finishes what broke off. Throws `LEAD.DUPLICATE` when another lead has the new one.
 */
export async function handleChangeDetails(deps: LeadsDeps, command: LeadCommand<ChangeDetailsInput>): Promise<Outcome> {
  const { context, leadId, input } = command;
  const outcome = await runOnLead(deps, command, async (asked, lead) => {
    const events = changeDetails(asked, lead);
    await claimNew(deps, context, leadId, lead, events);
    return events;
  });
  if (input.person?.email !== undefined || input.externalIds !== undefined) await releaseFormer(deps, context, leadId);
  return outcome;
}

async function claimNew(
  deps: LeadsDeps,
  context: CommandContext,
  leadId: Uuid,
  lead: LeadState,
  events: readonly LeadEvent[],
): Promise<void> {
  for (const event of events) {
    if (event.type !== 'lead.details-changed') continue;
    const added = (event.data.externalIds ?? []).filter((one) => !hasExternalId(lead.details.externalIds, one));
    const identities = identitiesOf(deps, event.data.person?.email ?? null, added);
    await claimMore(deps, context, leadId, identities, added);
  }
}
