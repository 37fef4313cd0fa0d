import { streamEvent } from '#event-store/run-decider.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import type { DocumentView } from '#subscriptions/processor.js';
import { evolveCampaign, initialCampaign, type Ownership } from '../../campaign.js';
import { CAMPAIGN_EVENT_TYPES, type CampaignEvent } from '../../events/campaign-events.js';

/** One campaign as it stands. */
export interface CampaignDocument {
  readonly id: string;
  readonly revision: number;
  readonly name: string;
  readonly status: 'running' | 'ended';
  readonly channel: string | null;
  /** Days. */
  readonly startOn: string;
  readonly endedOn: string | null;
  readonly ownerships: readonly Ownership[];
}

export const CAMPAIGN_VIEW: DocumentView<CampaignDocument> = {
  view: 'campaign',
  types: CAMPAIGN_EVENT_TYPES,
  idsOf: (event) => [event.stream.slice('campaign-'.length)],
  project: projectCampaign,
};

/** The campaign after an event of its stream. */
export function projectCampaign(
  before: CampaignDocument | null,
  recorded: RecordedEvent,
  id: string,
): CampaignDocument | null {
  const known = before === null ? initialCampaign : { ...before, last: null };
  const { status, name, channel, startOn, endedOn, ownerships } = evolveCampaign(
    known,
    streamEvent<CampaignEvent>(recorded),
  );
  if (status === 'none') return null;
  return { id, revision: recorded.revision, name, status, channel, startOn, endedOn, ownerships };
}
