import { malformed } from '#kernel/errors.js';
import { answerList, type ListAnswer } from '#platform/questions/list.js';
import { valuesOf, type Query } from '#platform/questions/query-parameters.js';
import type { IdentityHasher } from '#platform/identity.js';
import type { ReadSide } from '#platform/questions/read-side.js';
import type { ExternalId } from '../../events/lead-events.js';
import { externalIdentity, holderOf } from '../../identity.js';
import { leadItem, type LeadItem } from '../lead/answer-lead.js';
import type { LeadDocument } from '../lead/lead-document.js';
import { LEAD_LIST } from '../lead/lead-views.js';

/** Whoever asks by a source's own id needs the names of claims. */
export interface LeadListSide extends ReadSide {
  readonly hasher: IdentityHasher;
}

/**
 * A page of leads; see `answerList`. `externalId=<system>:<id>` (repeated for "or") finds the lead that holds this id, by its claim: one look,
 * however many leads there are.
 */
export async function answerLeads(side: LeadListSide, query: Query): Promise<ListAnswer<LeadItem>> {
  const { [EXTERNAL_ID]: _asked, ...rest } = query;
  const external = valuesOf(query, EXTERNAL_ID).map(externalIdOf);
  const among = external.length === 0 ? undefined : await holders(side, external);
  return answerList<LeadDocument, LeadItem>(side, LEAD_LIST, rest, leadItem, among);
}

export const EXTERNAL_ID = 'externalId';

/** Systems hold no colon. */
function externalIdOf(text: string): ExternalId {
  const [, system, id] = /^([^:]+):(.+)$/s.exec(text) ?? [];
  if (system === undefined || id === undefined)
    throw malformed('QUERY.BAD_PARAMETER', `${EXTERNAL_ID} takes <system>:<id> such as crm:4711, not "${text}"`);
  return { system, id };
}

async function holders({ eventStore, hasher }: LeadListSide, external: readonly ExternalId[]): Promise<string[]> {
  const found = await Promise.all(
    external.map((one) => holderOf(eventStore, externalIdentity({ identity: hasher }, one))),
  );
  return found.filter((lead) => lead !== null);
}
