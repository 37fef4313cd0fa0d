import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { inParallel } from '#kernel/in-parallel.js';
import type { Position } from '#kernel/position.js';
import type { ReadStore } from '#read-store/read-store.js';
import type { LaneContext, Processor } from '#subscriptions/processor.js';
import { ACCOUNTS_PROCESSOR, accountsOf } from './account-view.js';
import { evaluateLead, type EvaluateDeps } from './evaluate-lead.js';
import { activePlans } from './knowledge.js';
import type { LeadAccount } from './lead-account.js';

/** Judges all leads with payments again when a plan begins or ends, or a campaign's owners are other ones. It keeps nothing but its checkpoint. */
export const BONUS_SWEEPS = 'bonus-sweeps';

const TYPES = ['bonusplan.signed', 'bonusplan.ended', 'campaign.defined', 'campaign.owners-changed'] as const;
const AT_ONCE = 64;

/**
 * A lead is judged with what is known when its own event comes by. What becomes known without an event of the lead reaches it by a sweep, which
 * waits until all lanes have passed that moment: leads that come later know it already.
 */
export function bonusSweeps(deps: EvaluateDeps): Processor {
  return {
    spec: { processor: BONUS_SWEEPS, version: 1, views: [] },
    types: new Set(TYPES),
    open: async (lane) => ({
      dirty: 0,
      prepare: (events) => sweep(deps, lane, events),
      project: () => undefined,
      writes: () => [],
    }),
  };
}

async function sweep(deps: EvaluateDeps, { store }: LaneContext, events: readonly RecordedEvent[]): Promise<void> {
  const last = events.at(-1);
  const { knowledge } = await deps.rules.current();
  const plans = activePlans(knowledge);
  if (last === undefined || plans.length === 0) return;
  if (!(await anybodyPaid(deps.store, last.position))) return;
  await assertPassed(store, last.position);
  const { eventId, correlationId, occurredAt } = last;
  const occasion = {
    eventId,
    correlationId,
    cause: { events: events.map((event) => event.eventId), at: occurredAt, because: 'correction' as const },
  };
  for await (const accounts of accountsOf(store, knowledge.currency))
    await inParallel(
      accounts.filter((account) => hadPaid(account, last.position)),
      AT_ONCE,
      ({ leadId }) => evaluateLead(deps, leadId as Uuid, plans, occasion), // ids of leads
    );
}

/** Else there is nothing to wait for: at a plan's beginning, and whenever all is told again from the first event on. */
async function anybodyPaid(store: EventStore, upTo: Position): Promise<boolean> {
  for await (const { events } of store.readAll({ upTo, types: ['deal.payment-received'] }))
    if (events.length > 0) return true;
  return false;
}

/** Whoever pays later is judged with what changed when that payment comes by. */
const hadPaid = ({ deals }: LeadAccount, position: bigint): boolean =>
  deals.some(({ payments }) => payments.some((payment) => payment.position <= position));

/** Throws `unavailable`, so that the lane tries again soon. */
async function assertPassed(store: ReadStore, position: bigint): Promise<void> {
  const lanes = (await store.status([ACCOUNTS_PROCESSOR])).filter(({ active }) => active);
  const passed = lanes.every(({ checkpoints }) => checkpoints.every((one) => one !== null && one >= position));
  if (!passed)
    throw new DomainError('unavailable', 'BONUS.LANES_BEHIND', 'leads are not judged yet up to what changed');
}
