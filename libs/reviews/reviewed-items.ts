import type { EventStore } from '#event-store/event-store.js';
import { leadStream, type LeadReviewedData } from '#leads/events/lead-events.js';
import { inParallel } from '#kernel/in-parallel.js';
import type { Position } from '#kernel/position.js';
import type { QueueItem } from './events/review-events.js';

/** Leads read at a time. */
const AT_ONCE = 32;

export const itemKey = ({ lead, pass, phase }: QueueItem): string => `${lead} ${pass} ${phase}`;

/**
 * Which items of a queue sales has reviewed, by `itemKey`, as the ledger knows it at a position. What marketing says of a lead is its answer,
 * not a review.
 */
export async function reviewedItems(
  store: EventStore,
  queue: readonly QueueItem[],
  upTo?: Position,
): Promise<ReadonlySet<string>> {
  const reviewed = new Set<string>();
  const leads = new Set(queue.map(({ lead }) => lead));
  await inParallel(leads, AT_ONCE, async (lead) => {
    for (const event of await store.readStream(leadStream(lead), { upTo })) {
      if (event.type !== 'lead.reviewed' || event.actor.team === 'marketing') continue;
      const { phase } = event.data() as LeadReviewedData; // the type says so
      reviewed.add(itemKey({ lead, pass: event.pass ?? 1, phase }));
    }
  });
  return reviewed;
}
