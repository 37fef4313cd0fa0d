import type { EventStore } from '#event-store/event-store.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { Uuid } from '#kernel/ids.js';
import type { Processor } from '#subscriptions/processor.js';
import type { BonusAdjustedData } from '../events/bonus-events.js';
import { evaluateLead, type EvaluateDeps, type Occasion } from './evaluate-lead.js';
import { followKnowledge } from './follow-knowledge.js';
import { activePlans } from './knowledge.js';

/** Sends EvaluateBonus for leads whose account or touches changed. It keeps nothing but its checkpoint. */
export const BONUS_REACTION = 'bonus-reaction';

const PAYMENTS: Readonly<Record<string, BonusAdjustedData['because']>> = {
  'deal.payment-received': 'payment',
  'deal.payment-refunded': 'refund',
  'deal.payment-annulled': 'correction',
  'deal.refund-annulled': 'correction',
  'deal.annulled': 'correction',
};
const TOUCHES: Readonly<Record<string, BonusAdjustedData['because']>> = {
  'lead.touched': 'touches',
  'lead.touch-annulled': 'touches',
};

/** Leads that are judged at once. */
const AT_ONCE = 16;
/** Event ids that a cause names; of a flood of touches the last ones. */
const NAMED = 50;

/**
 * The reaction, as a processor: a page's leads are judged before its checkpoint is written, in their own lane. After a crash the page is
 * read again and finds nothing more to do. So does a rebuild, which is of no use otherwise.
 */
export function bonusReaction(store: EventStore): Processor {
  const deps: EvaluateDeps = { store, rules: followKnowledge(store) };
  return {
    spec: { processor: BONUS_REACTION, version: 1, views: [] },
    types: new Set([...Object.keys(PAYMENTS), ...Object.keys(TOUCHES)]),
    open: async () => ({
      dirty: 0,
      prepare: (events) => react(deps, events),
      project: () => undefined,
      writes: () => [],
    }),
  };
}

async function react(deps: EvaluateDeps, events: readonly RecordedEvent[]): Promise<void> {
  const { knowledge } = await deps.rules.current();
  if (activePlans(knowledge).length === 0) return; // a plan that becomes active later sweeps
  const byLead = new Map<Uuid, RecordedEvent[]>();
  for (const event of events)
    if (event.leadId !== null) byLead.set(event.leadId, [...(byLead.get(event.leadId) ?? []), event]);
  const leads = [...byLead];
  await inParallel(leads, AT_ONCE, async ([leadId, own]) => {
    const last = own.at(-1);
    if (last === undefined || !(await mayChange(deps.store, leadId, own))) return;
    await evaluateLead(deps, leadId, occasionOf(own, last));
  });
}

/** A touch changes nothing while nothing was paid. */
async function mayChange(store: EventStore, leadId: Uuid, events: readonly RecordedEvent[]): Promise<boolean> {
  if (events.some(({ type }) => type in PAYMENTS)) return true;
  const deals = (await store.streamsOfLead(leadId)).filter((stream) => stream.startsWith('deal-'));
  for (const deal of deals)
    if ((await store.readStream(deal)).some(({ type }) => type === 'deal.payment-received')) return true;
  return false;
}

function occasionOf(events: readonly RecordedEvent[], last: RecordedEvent): Occasion {
  const payments = events.filter(({ type }) => type in PAYMENTS);
  const causes = payments.length > 0 ? payments : events;
  return {
    eventId: last.eventId,
    correlationId: last.correlationId,
    cause: {
      events: causes.slice(-NAMED).map(({ eventId }) => eventId),
      at: Math.max(...causes.map(({ occurredAt }) => occurredAt)),
      because: { ...TOUCHES, ...PAYMENTS }[causes.at(-1)?.type ?? ''] ?? 'correction',
    },
  };
}

/** Works on so many at once; throws what the first failing one threw, after those under way have ended. */
export async function inParallel<Item>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const waiting = items.values();
  const worker = async (): Promise<void> => {
    for (const item of waiting) await work(item);
  };
  const ended = await Promise.allSettled(Array.from({ length: atOnce }, worker));
  const failed = ended.find((one) => one.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
}
