import type { CommandContext } from '#event-store/command-context.js';
import type { EventStore } from '#event-store/event-store.js';
import { runDecider, streamEvent } from '#event-store/run-decider.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { leadStream, type LeadEvent } from '#leads/events/lead-events.js';
import { evolveLead, initialLead, nextPass, type LeadState } from '#leads/lead.js';
import type { LeadStanding } from './open-deal.js';

/** The lead as its own stream says; `'unknown'` where there is none. */
export async function readLeadStanding(store: EventStore, leadId: Uuid): Promise<LeadStanding | 'unknown'> {
  const history = await store.readStream(leadStream(leadId));
  const lead = history.reduce((state, event) => evolveLead(state, streamEvent<LeadEvent>(event)), initialLead);
  return lead.id === null ? 'unknown' : { id: leadId, stage: lead.stage, pass: lead.pass };
}

/**
 * Opens a new pass on a rejected or recycled lead, as a command of its own: repeating it after a crash, or after somebody else did the same,
 * adds nothing.
 */
export async function reopenForDeal(
  store: EventStore,
  context: CommandContext,
  leadId: Uuid,
  occurredAt: Instant,
): Promise<void> {
  await runDecider<LeadState, LeadEvent>(store, {
    id: leadId,
    stream: leadStream(leadId),
    // If-Match was about the deal.
    context: {
      ...context,
      commandId: uuidv5(context.commandId, 'reopen'),
      causationId: context.commandId,
      expectedRevision: undefined,
    },
    initialState: initialLead,
    evolve: evolveLead,
    decide: (lead) => {
      if (lead.stage !== 'rejected' && lead.stage !== 'recycled') return [];
      const data = { mode: 'new-pass', annuls: null, note: null } as const;
      return [{ type: 'lead.reopened', occurredAt, leadId, pass: nextPass(lead), data }];
    },
  });
}
