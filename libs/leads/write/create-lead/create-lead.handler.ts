import { installationOf } from '#event-store/event-store.js';
import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { outcomeOfAppend, runDecider, stamp } from '#event-store/run-decider.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { leadStream, type LeadEvent } from '../../events/lead-events.js';
import { claimAppend, externalLeadId } from '../../identity.js';
import { claimFor, identitiesOf, leadNamedBy, linkTo, type NamedLead } from '../../identity-claims.js';
import { evolveLead, initialLead, type LeadState } from '../../lead.js';
import { LEADS_DEPS, type LeadsDeps } from '../../leads-deps.js';
import { actingAt } from '../../run-on-lead.js';
import { channelOf, leadIdOf, touchFacts, type TouchInput } from '../../touch-facts.js';
import { CreateLeadCommand, type CreateLeadInput } from './create-lead.command.js';
import { createLead, type CreateLeadFacts } from './create-lead.js';

@CommandHandler(CreateLeadCommand)
export class CreateLeadHandler implements ICommandHandler<CreateLeadCommand> {
  constructor(@Inject(LEADS_DEPS) private readonly deps: LeadsDeps) {}

  execute(command: CreateLeadCommand): Promise<Outcome> {
    return handleCreateLead(this.deps, command);
  }
}

/** How often a creation begins again because somebody else claimed one of its identities meanwhile. */
const ATTEMPTS = 5;

/**
 * Creates a lead under the id that its identities decide: nearly always both are new, and one append claims them and creates the lead. Else,
 * or where the store cannot do so, first they are claimed, then the lead is created under the claim's id, so that whoever repeats the command
 * after a crash between the two goes on where it ended. `outcome.id` is the lead that was created or,
 * with `onDuplicate: 'touch'`, the one that it turned out to be.
 */
export async function handleCreateLead(
  deps: LeadsDeps,
  { context: given, input }: Pick<CreateLeadCommand, 'context' | 'input'>,
): Promise<Outcome> {
  const context = await actingAt(deps.roster, given, input.occurredAt);
  const facts = await factsOf(deps, context, input);
  const decideOn = (leadId: Uuid, lead: LeadState, known: Partial<CreateLeadFacts> = {}) =>
    createLead({ leadId, actor: context.actor, now: context.now, input: { ...facts, ...known } }, lead);
  const proposed = input.leadId ?? leadIdOf(context);
  // What cannot be created must not leave a claim behind.
  const events = decideOn(proposed, initialLead);
  const created = await createAtOnce(deps, context, input, proposed, events);
  if (created !== null) return created;

  const { lead: leadId, exists } = await settleIdentity(deps, context, input, proposed);
  const known =
    exists && leadId !== proposed && input.onDuplicate === 'touch'
      ? { externalIds: await linkTo(deps, context, leadId, input.externalIds) }
      : {};
  return runDecider(deps.store, {
    id: leadId,
    stream: leadStream(leadId),
    context,
    initialState: initialLead,
    evolve: evolveLead,
    decide: (lead) => decideOn(leadId, lead, known),
  });
}

/**
 * The usual case: nobody has the identity, and the lead is new. The append itself tells whether that is so, without any reading. null: it is
 * not (also where this command was here before), or the store cannot append to several streams together.
 */
async function createAtOnce(
  deps: LeadsDeps,
  context: CommandContext,
  { person, externalIds }: CreateLeadInput,
  lead: Uuid,
  decided: readonly LeadEvent[],
): Promise<Outcome | null> {
  const { store } = deps;
  // Under another external id than its own the lead may be there already.
  const isNamedApart = externalIds.some((one) => externalLeadId(installationOf(store), one) !== lead);
  if (isNamedApart || context.expectedRevision !== undefined) return null;
  const claims = identitiesOf(deps, person?.email ?? null, []).map((own) => claimAppend(store, context, own, lead));
  const stream = leadStream(lead);
  const events = decided.map((event, index) => stamp(store, stream, context, event, index));
  try {
    const appended =
      claims.length === 0
        ? await store.append(stream, events, { expected: 'no-stream' })
        : (await store.appendTogether?.([...claims, { stream, events, expected: 'no-stream' }]))?.at(-1);
    return appended === undefined || appended.repeated ? null : outcomeOfAppend(lead, events, appended);
  } catch (error) {
    if (error instanceof DomainError && NOT_NEW.has(error.code)) return null;
    throw error;
  }
}
const NOT_NEW: ReadonlySet<string> = new Set(['EVENT_STORE.WRONG_REVISION', 'EVENT_STORE.EVENT_ID_TAKEN']);

/** Finds the lead that the identities name or, where there is none, claims them for the one to be created. */
async function settleIdentity(
  deps: LeadsDeps,
  context: CommandContext,
  input: CreateLeadInput,
  proposed: Uuid,
): Promise<NamedLead> {
  // A row's own external id needs no claim: its lead's id derives from it.
  const claimed = identitiesOf(deps, input.person?.email ?? null, input.leadId === undefined ? input.externalIds : []);
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const named = await leadNamedBy(deps, proposed, claimed, input.externalIds);
    if (named.exists || (await claimFor(deps, context, named, claimed)) === named.lead) return named;
  }
  throw new DomainError('unavailable', 'COMMAND.CONTENDED', 'others are claiming the same identities; try again');
}

async function factsOf(deps: LeadsDeps, context: CommandContext, input: CreateLeadInput): Promise<CreateLeadFacts> {
  const { touches, leadId: _preset, ...rest } = input;
  const at = input.occurredAt ?? context.now;
  const owner = input.owner === null ? null : await deps.roster.resolve(input.owner);
  return {
    ...rest,
    ...(await channelOf(deps.channels, input)),
    owner,
    ownerTeam: owner === null ? null : await deps.roster.teamAt(owner, at),
    touches: await Promise.all(
      touches.map((touch, index) => touchFacts(deps, { ...context, now: at }, touch, `touch#${index}`)),
    ),
    touchOfDuplicate:
      input.onDuplicate === 'touch' ? await touchFacts(deps, { ...context, now: at }, cameIn(input)) : null,
  };
}

/** A lead that comes in a second time is a touch: the form was sent again. */
function cameIn({ channel, source, medium, campaign, content, assumed }: CreateLeadInput): TouchInput {
  return {
    kind: 'form',
    channel,
    source,
    medium,
    campaign,
    content,
    direction: 'inbound',
    automated: false,
    outcome: null,
    recordingUrl: null,
    note: null,
    assumed,
  };
}
