import type { StreamEvent } from '#kernel/decider.js';
import type { Actor, DomainEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import { evolveDeal, initialDeal, type DealState } from '#deals/deal.js';
import { dealStream, type DealEvent } from '#deals/events/deal-events.js';
import type { Asked as DealAsked } from '#deals/asked.js';
import type { Asked as LeadAsked } from '#leads/asked.js';
import { leadStream, type LeadEvent } from '#leads/events/lead-events.js';
import { leadDeals, type LeadDeals } from '#leads/lead-deals.js';
import { evolveLead, initialLead, type LeadState } from '#leads/lead.js';

/** One thing that somebody does: when it happened, when it was entered, who entered it, and the decision that takes it. */
export interface Intent {
  readonly occurredAt: Instant;
  readonly recordedAt: Instant;
  readonly actor: Actor;
  readonly act: (scene: Scene, ask: Ask) => Decided;
}

/** What a decision gave: events of the lead, or of one of its deals (by the order of their opening in the plan). */
export type Decided =
  { readonly lead: readonly LeadEvent[] } | { readonly deal: number; readonly events: readonly DealEvent[] };

/** What the decisions look at. */
export interface Scene {
  readonly leadId: Uuid;
  readonly lead: LeadState;
  readonly deals: LeadDeals;
  deal(key: number): DealState;
  dealId(key: number): Uuid;
  /** An id that only this intent makes. */
  readonly thingId: Uuid;
}

/** Wraps what is asked as the decisions want it. */
export interface Ask {
  lead<Input extends object>(input: Input): LeadAsked<Input & { readonly occurredAt: Instant }>;
  deal<Input extends object>(input: Input): DealAsked<Input & { readonly occurredAt: Instant }>;
}

/** Events that are appended together: one command's. */
export interface StoryAppend {
  readonly stream: string;
  /** Revision of the last event before these; -1 for a new stream. */
  readonly after: number;
  readonly events: readonly DomainEvent[];
  readonly commandId: Uuid;
  readonly actor: Actor;
  readonly recordedAt: Instant;
}

/**
 * Plays intents in the order in which they were entered, through the same decisions as commands: what they refuse did not happen. The result is
 * what the ledger would hold.
 */
export function play(leadId: Uuid, currency: string, intents: readonly Intent[]): StoryAppend[] {
  const appends: StoryAppend[] = [];
  let lead = initialLead;
  const deals = new Map<number, { state: DealState; revision: number }>();
  const ordered = intents
    .map((intent, index) => ({ intent, index }))
    .sort((a, b) => a.intent.recordedAt - b.intent.recordedAt || a.index - b.index);
  for (const { intent, index } of ordered) {
    const { occurredAt, recordedAt, actor } = intent;
    const commandId = uuidv5(leadId, String(index));
    const scene: Scene = {
      leadId,
      get lead() {
        return lead;
      },
      get deals() {
        return dealsOf(leadId, deals);
      },
      deal: (key) => deals.get(key)?.state ?? initialDeal,
      dealId: (key) => dealIdOf(leadId, key),
      get thingId() {
        return uuidv5(commandId, 'thing');
      },
    };
    const ask: Ask = {
      lead: (input) => ({ leadId, actor, now: recordedAt, input: { occurredAt, ...input } }),
      deal: (input) => ({ actor, now: recordedAt, currency, input: { occurredAt, ...input } }),
    };
    const decided = decidedOrNothing(() => intent.act(scene, ask));
    // Whoever works on a lead that nobody has entered yet would be told that there is none.
    if (decided === null || (lead.id === null && !isCreation(decided))) continue;
    if ('lead' in decided) {
      const after = lead.revision;
      for (const event of decided.lead) lead = evolveLead(lead, streamed(event, lead.revision + 1, actor));
      if (decided.lead.length > 0)
        appends.push({ stream: leadStream(leadId), after, events: decided.lead, commandId, actor, recordedAt });
    } else {
      const deal = deals.get(decided.deal) ?? { state: initialDeal, revision: -1 };
      const after = deal.revision;
      for (const event of decided.events) {
        deal.revision += 1;
        deal.state = evolveDeal(deal.state, streamed(event, deal.revision, actor));
      }
      deals.set(decided.deal, deal);
      if (decided.events.length > 0)
        appends.push({
          stream: dealStream(dealIdOf(leadId, decided.deal)),
          after,
          events: decided.events,
          commandId,
          actor,
          recordedAt,
        });
    }
  }
  return appends;
}

const isCreation = (decided: Decided): boolean => 'lead' in decided && decided.lead[0]?.type === 'lead.created';

const dealIdOf = (leadId: Uuid, key: number): Uuid => uuidv5(leadId, `deal ${key}`);

/** null: refused, as it would be for a person who tried. */
function decidedOrNothing(decide: () => Decided): Decided | null {
  try {
    return decide();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

const streamed = <Event extends DomainEvent>(event: Event, revision: number, actor: Actor): StreamEvent<Event> => ({
  ...event,
  revision,
  actor,
});

function dealsOf(leadId: Uuid, deals: ReadonlyMap<number, { readonly state: DealState }>): LeadDeals {
  return leadDeals(
    [...deals].flatMap(([key, { state }]) =>
      state.opening === null || state.status === 'none'
        ? []
        : [
            {
              stream: dealStream(dealIdOf(leadId, key)),
              pass: state.pass,
              openedAt: state.opening.occurredAt,
              status: state.status,
              closedAt: state.close?.occurredAt ?? null,
            },
          ],
    ),
  );
}
