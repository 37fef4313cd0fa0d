import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { instantText } from '#kernel/time.js';
import { instantOf, positionOfQuery, refuseUnknown, type Query } from '#platform/questions/query-parameters.js';
import { asOf, pinViews, type AsOf, type ReadSide, type Warning } from '#platform/questions/read-side.js';
import { instantOrNull } from '#platform/questions/wire.js';
import type { ExternalId, Person } from '../../events/lead-events.js';
import type { DerivedStage } from './derived-stage.js';
import { projectLead, type LeadDocument } from './lead-document.js';
import { LEADS_PROCESSOR, LEAD_LIST } from './lead-views.js';
import { historyOfLead } from './lead-history.js';

/** A lead on the wire. */
export interface LeadItem {
  readonly id: string;
  readonly revision: number;
  readonly stage: DerivedStage;
  readonly pass: number;
  readonly person: Person | null;
  readonly company: string | null;
  readonly externalIds: readonly ExternalId[];
  readonly channel: string | null;
  readonly source: string | null;
  readonly medium: string | null;
  readonly campaign: string | null;
  readonly content: string | null;
  readonly segment: string | null;
  readonly country: string | null;
  readonly product: string | null;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly owner: string | null;
  readonly team: string | null;
  readonly createdAt: string;
  /** How many touches stand, and when the last one was. */
  readonly touches: number;
  readonly lastTouchAt: string | null;
  /** Ids, in the order in which they were recorded. */
  readonly deals: readonly string[];
}

export interface LeadAnswer extends LeadItem {
  readonly asOf: AsOf;
  readonly warnings: readonly Warning[];
}

export const LEAD_PARAMETERS = ['minPosition', 'knownAt'] as const;

/** One lead, as it stands or as the ledger knew it at `knownAt`. Throws `LEAD.NOT_FOUND`, `QUERY.*`. */
export async function answerLead(side: ReadSide, id: Uuid, query: Query): Promise<LeadAnswer> {
  refuseUnknown(query, LEAD_PARAMETERS);
  const knownAt = instantOf(query, 'knownAt');
  const minPosition = positionOfQuery(query, 'minPosition');
  if (knownAt !== undefined) {
    const position = await side.eventStore.positionAt(knownAt);
    const lead = foldLead(await historyOfLead(side.eventStore, id, position));
    return { ...leadItem(lead ?? notFound(id)), asOf: await asOf(side.eventStore, position, knownAt), warnings: [] };
  }
  const pinned = await pinViews(side, LEADS_PROCESSOR, minPosition);
  const stored = await side.readStore.get<LeadDocument>(LEADS_PROCESSOR, pinned.generation, LEAD_LIST.view, id);
  return { ...leadItem(stored?.document ?? notFound(id)), asOf: pinned.asOf, warnings: pinned.warnings };
}

/** The same pure fold as the live view's, over the lead's own events and its deals'. */
export const foldLead = (history: readonly RecordedEvent[]): LeadDocument | null =>
  history.reduce<LeadDocument | null>(projectLead, null);

export const leadItem = (lead: LeadDocument): LeadItem => ({
  id: lead.id,
  revision: lead.revision,
  stage: lead.stage,
  pass: lead.pass,
  person: lead.person,
  company: lead.company,
  externalIds: lead.externalIds,
  channel: lead.channel,
  source: lead.source,
  medium: lead.medium,
  campaign: lead.campaign,
  content: lead.content,
  segment: lead.segment,
  country: lead.country,
  product: lead.product,
  dimensions: lead.dimensions,
  owner: lead.owner,
  team: lead.team,
  createdAt: instantText(lead.createdAt),
  touches: lead.touches,
  lastTouchAt: instantOrNull(lead.lastTouchAt),
  deals: lead.deals.map((deal) => deal.stream.slice('deal-'.length)),
});

export function notFound(id: Uuid): never {
  throw new DomainError('not-found', 'LEAD.NOT_FOUND', `there is no lead ${id}, or it was not known then`);
}
