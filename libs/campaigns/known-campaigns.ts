import type { EventStore } from '#event-store/event-store.js';
import { streamEvent } from '#event-store/run-decider.js';
import { START, type Position } from '#kernel/position.js';
import { evolveCampaign, initialCampaign, type CampaignState } from './campaign.js';
import { CAMPAIGN_EVENT_TYPES, type CampaignEvent } from './events/campaign-events.js';

/** Every campaign of the ledger by its name, as known at a position (default: now). `ownersOn` says whose it was on a day. */
export async function campaignsByName(store: EventStore, upTo?: Position): Promise<ReadonlyMap<string, CampaignState>> {
  const byStream = new Map<string, CampaignState>();
  for await (const page of store.readAll({ after: START, upTo, types: CAMPAIGN_EVENT_TYPES })) {
    for (const event of page.events) {
      const before = byStream.get(event.stream) ?? initialCampaign;
      byStream.set(event.stream, evolveCampaign(before, streamEvent<CampaignEvent>(event)));
    }
  }
  return new Map([...byStream.values()].map((campaign) => [campaign.name, campaign]));
}
