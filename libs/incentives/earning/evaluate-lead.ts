import type { EventStore } from '#event-store/event-store.js';
import { runDecider } from '#event-store/run-decider.js';
import { installationOf } from '#event-store/event-store.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { bonusStream, type BonusEvent } from '../events/bonus-events.js';
import { evolveBonus, initialBonus, type BonusState, type Evaluation } from './bonus.js';
import { evaluate } from './evaluate.js';
import type { KnownRules } from './follow-knowledge.js';
import { readAccount } from './read-account.js';

/** Who sends EvaluateBonus. */
const REACTOR = 'bonuses';

export interface EvaluateDeps {
  readonly store: EventStore;
  readonly rules: KnownRules;
}

/** Why a lead is looked at: an event, and what it may change. */
export interface Occasion {
  /** Of the event that is reacted to: the command's id derives from it. */
  readonly eventId: Uuid;
  readonly correlationId: string;
  readonly cause: Evaluation['cause'];
}

/**
 * EvaluateBonus for each of these plans: judges the lead anew with everything that the ledger holds and records the difference. Safe to repeat,
 * and safe from several processes at once: the last one to decide has seen what the others wrote.
 */
export async function evaluateLead(
  { store, rules }: EvaluateDeps,
  leadId: Uuid,
  plans: readonly string[],
  { eventId, correlationId, cause }: Occasion,
): Promise<void> {
  for (const planId of plans) {
    const stream = bonusStream(planId, leadId);
    await runDecider<BonusState, BonusEvent>(store, {
      id: leadId,
      stream,
      context: {
        commandId: uuidv5(uuidv5(installationOf(store), REACTOR), `${eventId} ${stream}`),
        commandDigest: REACTOR,
        correlationId,
        causationId: eventId,
        actor: { id: REACTOR, team: 'system' },
        now: cause.at,
      },
      initialState: initialBonus,
      evolve: evolveBonus,
      decide: async (state) => {
        // Whoever decides later has seen at least as much: first how far, then the rest.
        const upTo = await store.head();
        const { calendar, currency } = (await rules.current(upTo)).knowledge;
        const account = await readAccount(store, leadId, upTo, { dayOf: calendar.dayOf, currency });
        const now = await rules.current(upTo);
        return evaluate({ planId, leadId, account, ...now, cause }, state);
      },
    });
  }
}
