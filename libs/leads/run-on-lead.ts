import type { CommandContext, Outcome, StreamCommand } from '#event-store/command-context.js';
import { runDecider } from '#event-store/run-decider.js';
import { runDeciders } from '#event-store/run-deciders.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import type { CodeList, CodeListName } from '#codelists/events/code-list-events.js';
import { actorAt, type Roster } from '#platform/roster.js';
import type { Asked, Dated } from './asked.js';
import { leadStream, type LeadEvent } from './events/lead-events.js';
import { readLeadDeals, type LeadDeals } from './lead-deals.js';
import { evolveLead, initialLead, type LeadState } from './lead.js';
import type { LeadsDeps } from './leads-deps.js';

/** A command on one lead, as every command class of this folder has it. */
export interface LeadCommand<Input> {
  readonly context: CommandContext;
  readonly leadId: Uuid;
  readonly input: Input;
}

/**
 * Runs a decision on a lead that exists; throws `LEAD.NOT_FOUND` (404) otherwise. The actor's team is the one that the roster knows at the
 * moment it occurred; what the context says counts only for actors whom the roster does not know.
 */
export async function runOnLead<Input extends Dated>(
  deps: Pick<LeadsDeps, 'store' | 'roster'>,
  command: LeadCommand<Input>,
  decide: Decide<Input>,
): Promise<Outcome> {
  return runDecider(deps.store, await onLead(deps, command, decide));
}

/** Several commands on one lead in one append, each judged alone, in order: a refusal is the answer of its own. */
export async function runAllOnLead<Input extends Dated>(
  deps: Pick<LeadsDeps, 'store' | 'roster'>,
  [first, ...others]: readonly [LeadCommand<Input>, ...LeadCommand<Input>[]],
  decide: Decide<Input>,
): Promise<readonly (Outcome | DomainError)[]> {
  const rest = await Promise.all(others.map((command) => onLead(deps, command, decide)));
  return runDeciders(deps.store, [await onLead(deps, first, decide), ...rest]);
}

type Decide<Input> = (asked: Asked<Input>, lead: LeadState) => readonly LeadEvent[] | Promise<readonly LeadEvent[]>;

async function onLead<Input extends Dated>(
  deps: Pick<LeadsDeps, 'roster'>,
  { leadId, input, ...command }: LeadCommand<Input>,
  decide: Decide<Input>,
): Promise<StreamCommand<LeadState, LeadEvent>> {
  const context = await actingAt(deps.roster, command.context, input.occurredAt);
  const asked: Asked<Input> = { leadId, actor: context.actor, now: context.now, input };
  return {
    id: leadId,
    stream: leadStream(leadId),
    context,
    initialState: initialLead,
    evolve: evolveLead,
    decide: (lead) => {
      if (lead.id === null) throw leadNotFound(leadId);
      return decide(asked, lead);
    },
  };
}

/**
 * The same for a decision that depends on the lead's deals: they are read afresh whenever it is decided. `list` names the codes that it judges
 * a reason by, as they stand now.
 */
export const runOnLeadWithDeals = <Input extends Dated>(
  deps: Pick<LeadsDeps, 'store' | 'roster' | 'codeLists'>,
  command: LeadCommand<Input>,
  decide: (asked: Asked<Input>, lead: LeadState, deals: LeadDeals, codes?: CodeList) => readonly LeadEvent[],
  list?: CodeListName,
): Promise<Outcome> =>
  runOnLead(deps, command, async (asked, lead) => {
    const deals = await readLeadDeals(deps.store, command.leadId);
    return decide(asked, lead, deals, list === undefined ? undefined : await deps.codeLists?.listOf(list));
  });

/** The context with the actor in the team that they were in at that moment. */
export async function actingAt(
  roster: Roster,
  context: CommandContext,
  at: Instant = context.now,
): Promise<CommandContext> {
  const actor = await actorAt(roster, context.actor, at);
  return actor === context.actor ? context : { ...context, actor };
}

export const leadNotFound = (lead: string): DomainError =>
  new DomainError('not-found', 'LEAD.NOT_FOUND', `there is no lead ${lead}`);
