import type { CommandContext, Outcome } from '#event-store/command-context.js';
import { runDecider } from '#event-store/run-decider.js';
import type { Instant } from '#kernel/time.js';
import { actorAt } from '#platform/roster.js';
import type { Asked } from '../asked.js';
import { evolveDeal, initialDeal, type DealState } from '../deal.js';
import { dealStream, type DealEvent } from '../events/deal-events.js';
import type { DealsDeps } from './deals-deps.js';

export interface DealCommand<Input> {
  readonly context: CommandContext;
  readonly dealId: string;
  readonly input: Input;
}

/**
 * The way of every deal command to its stream; `decide` gets what a pure decision may know. The actor's team is the one that the roster
 * knows at the moment it occurred; what the context says counts only for actors whom the roster does not know.
 */
export async function runDealCommand<Input extends { readonly occurredAt?: Instant }>(
  deps: DealsDeps,
  { context, dealId, input }: DealCommand<Input>,
  decide: (asked: Asked<Input>, deal: DealState) => readonly DealEvent[] | Promise<readonly DealEvent[]>,
): Promise<Outcome> {
  const actor = await actorAt(deps.roster, context.actor, input.occurredAt ?? context.now);
  const asked = { actor, now: context.now, currency: deps.organisation.currency, input };
  return runDecider<DealState, DealEvent>(deps.store, {
    id: dealId,
    stream: dealStream(dealId),
    context: { ...context, actor },
    initialState: initialDeal,
    evolve: evolveDeal,
    decide: (deal) => decide(asked, deal),
  });
}
