import type { StreamEvent } from '#kernel/decider.js';
import type { CampaignEvent } from './events/campaign-events.js';

export type RecordedCampaignEvent = StreamEvent<CampaignEvent>;

/** Who owned the campaign from a day on. */
export interface Ownership {
  readonly from: string;
  readonly owners: readonly string[];
}

export interface CampaignState {
  /** By what was recorded last. */
  readonly status: 'none' | 'running' | 'ended';
  readonly name: string;
  readonly channel: string | null;
  /** Days, as defined last. */
  readonly startOn: string;
  readonly endedOn: string | null;
  /** In order of their days; of two for one day the one recorded later stands behind. */
  readonly ownerships: readonly Ownership[];
  /** The event recorded last; tells a repeat. */
  readonly last: RecordedCampaignEvent | null;
}

export const initialCampaign: CampaignState = {
  status: 'none',
  name: '',
  channel: null,
  startOn: '',
  endedOn: null,
  ownerships: [],
  last: null,
};

/** The pure fold of a campaign's stream. An unknown event type changes nothing. */
export function evolveCampaign(state: CampaignState, event: RecordedCampaignEvent): CampaignState {
  switch (event.type) {
    case 'campaign.defined': {
      const { name, channel, startOn, owners } = event.data;
      const ownerships = inserted(state.ownerships, { from: startOn, owners });
      return { status: 'running', name, channel, startOn, endedOn: null, ownerships, last: event };
    }
    case 'campaign.owners-changed': {
      const { from, owners } = event.data;
      return { ...state, ownerships: inserted(state.ownerships, { from, owners }), last: event };
    }
    case 'campaign.ended':
      return { ...state, status: 'ended', endedOn: event.data.on, last: event };
    default:
      return state;
  }
}

/** Who owned it on a day (`2026-03-01`). Before its first day the first owners: touches may be older than what was planned. */
export function ownersOn({ ownerships }: Pick<CampaignState, 'ownerships'>, day: string): readonly string[] {
  return (ownerships.findLast(({ from }) => from <= day) ?? ownerships[0])?.owners ?? [];
}

function inserted(ownerships: readonly Ownership[], one: Ownership): readonly Ownership[] {
  return ownerships.toSpliced(ownerships.findLastIndex(({ from }) => from <= one.from) + 1, 0, one);
}
