import { installationOf } from '#event-store/event-store.js';
import type { Uuid } from '#kernel/ids.js';
import { emailIdentity, externalIdentity, externalLeadId, holderOf, type Identity } from './identity.js';
import { leadExists } from './identity-claims.js';
import type { ExternalId } from './events/lead-events.js';
import type { LeadsDeps } from './leads-deps.js';

/** How a lead may be named by someone who does not know its id. */
export type LeadReference = { readonly id: Uuid } | { readonly externalId: ExternalId } | { readonly email: string };

/** The existing lead's id, null when nobody is named. An external id is first looked for among imported rows, then among aliases. */
export async function findLead(deps: LeadsDeps, reference: LeadReference): Promise<Uuid | null> {
  if ('id' in reference) return existing(deps, reference.id);
  if ('email' in reference) return heldBy(deps, emailIdentity(deps, reference.email));
  const imported = await existing(deps, externalLeadId(installationOf(deps.store), reference.externalId));
  return imported ?? heldBy(deps, externalIdentity(deps, reference.externalId));
}

async function heldBy(deps: LeadsDeps, identity: Identity | null): Promise<Uuid | null> {
  const holder = identity === null ? null : await holderOf(deps.store, identity);
  return holder === null ? null : existing(deps, holder);
}

const existing = async ({ store }: LeadsDeps, lead: Uuid): Promise<Uuid | null> =>
  (await leadExists(store, lead)) ? lead : null;
