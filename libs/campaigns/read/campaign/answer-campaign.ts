import { calendarOf } from '#kernel/calendar.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { dayText, parseInstant } from '#kernel/time.js';
import { answerList, type ListAnswer } from '#platform/questions/list.js';
import { instantOf, positionOfQuery, refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { asOf, pinViews, type AsOf, type ReadSide, type Warning } from '#platform/questions/read-side.js';
import { ownersOn } from '../../campaign.js';
import { campaignStream } from '../../events/campaign-events.js';
import { CAMPAIGN_LIST, CAMPAIGNS_PROCESSOR } from '../campaign-views.js';
import { projectCampaign, type CampaignDocument } from './campaign-document.js';

/** A campaign on the wire; `owners` are those of the answer's own day. */
export interface CampaignItem extends CampaignDocument {
  readonly owners: readonly string[];
}

export interface CampaignAnswer extends CampaignItem {
  readonly asOf: AsOf;
  readonly warnings: readonly Warning[];
}

/** One campaign, as it stands or as the ledger knew it at `knownAt`. Throws `CAMPAIGN.NOT_FOUND`, `QUERY.*`. */
export async function answerCampaign(side: ReadSide, id: Uuid, query: Query): Promise<CampaignAnswer> {
  refuseUnknown(query, ['minPosition', 'knownAt']);
  const knownAt = instantOf(query, 'knownAt');
  const minPosition = positionOfQuery(query, 'minPosition');
  if (knownAt !== undefined) {
    const upTo = await side.eventStore.positionAt(knownAt);
    const history = await side.eventStore.readStream(campaignStream(id), { upTo });
    const campaign = history.reduce<CampaignDocument | null>(
      (before, event) => projectCampaign(before, event, id),
      null,
    );
    const known = await asOf(side.eventStore, upTo, knownAt);
    return { ...campaignItem(side, campaign ?? notFound(id), known), asOf: known, warnings: [] };
  }
  const pinned = await pinViews(side, CAMPAIGNS_PROCESSOR, minPosition);
  const stored = await side.readStore.get<CampaignDocument>(
    CAMPAIGNS_PROCESSOR,
    pinned.generation,
    CAMPAIGN_LIST.view,
    id,
  );
  const item = campaignItem(side, stored?.document ?? notFound(id), pinned.asOf);
  return { ...item, asOf: pinned.asOf, warnings: pinned.warnings };
}

/** A page of campaigns; see `answerList`. */
export const answerCampaigns = (side: ReadSide, query: Query): Promise<ListAnswer<CampaignItem>> => {
  const now = { position: '', recordedAt: null, knownAt: null };
  return answerList<CampaignDocument, CampaignItem>(side, CAMPAIGN_LIST, query, (one) => campaignItem(side, one, now));
};

function campaignItem(side: ReadSide, campaign: CampaignDocument, { knownAt, recordedAt }: AsOf): CampaignItem {
  const moment = parseInstant(knownAt ?? recordedAt ?? '') ?? Date.now();
  return { ...campaign, owners: ownersOn(campaign, dayText(calendarOf(side.organisation).dayOf(moment))) };
}

function notFound(id: Uuid): never {
  throw new DomainError('not-found', 'CAMPAIGN.NOT_FOUND', `there is no campaign ${id}, or it was not known then`);
}
