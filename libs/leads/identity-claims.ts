import type { CommandContext } from '#event-store/command-context.js';
import { installationOf, type EventStore } from '#event-store/event-store.js';
import { streamEvent } from '#event-store/run-decider.js';
import { refused, type DomainError } from '#kernel/errors.js';
import type { Uuid } from '#kernel/ids.js';
import { leadStream, type ExternalId, type LeadEvent } from './events/lead-events.js';
import {
  claim,
  emailIdentity,
  externalIdentity,
  externalLeadId,
  holderOf,
  normaliseEmail,
  release,
  type Identity,
} from './identity.js';
import { evolveLead, initialLead, type LeadState } from './lead.js';
import type { LeadsDeps } from './leads-deps.js';

/** Which lead a creation is about. */
export interface NamedLead {
  readonly lead: Uuid;
  readonly exists: boolean;
  /** Holders by identity stream whose claim is void: their lead has another e-mail by now. */
  readonly voided: ReadonlyMap<string, Uuid>;
}

/** What a lead with this e-mail and these external ids claims, the e-mail first. */
export function identitiesOf(
  deps: Pick<LeadsDeps, 'identity' | 'roleAddresses'>,
  email: string | null,
  externalIds: readonly ExternalId[],
): readonly Identity[] {
  const own = email === null ? null : emailIdentity(deps, email);
  const others = externalIds.map((one) => externalIdentity(deps, one));
  return own === null ? others : [own, ...others];
}

/**
 * The existing lead that one of these identities belongs to; else the one that an earlier attempt claimed the first of them for
 * (creation goes on under that id); else `proposed`.
 */
export async function leadNamedBy(
  deps: LeadsDeps,
  proposed: Uuid,
  identities: readonly Identity[],
  externalIds: readonly ExternalId[],
): Promise<NamedLead> {
  const { store } = deps;
  const voided = new Map<string, Uuid>();
  // Nothing but the command's own id names it: whether it exists, the stream itself will tell.
  if (identities.length === 0 && externalIds.length === 0) return { lead: proposed, exists: false, voided };
  if (await leadExists(store, proposed)) return { lead: proposed, exists: true, voided };
  let unborn: Uuid | null = null;
  for (const { identity, holder, claim: standing } of await holdingsOf(store, identities)) {
    if (standing === 'living') return { lead: holder, exists: true, voided };
    if (standing === 'void') voided.set(identity.stream, holder);
    else unborn ??= holder;
  }
  for (const imported of importedAs(store, externalIds)) {
    if (imported !== proposed && (await leadExists(store, imported))) return { lead: imported, exists: true, voided };
  }
  return { lead: unborn ?? proposed, exists: false, voided };
}

/** Claims for a lead about to be created; gives back the lead to go on with: another one where somebody was faster. */
export async function claimFor(
  { store }: LeadsDeps,
  context: CommandContext,
  { lead, voided }: NamedLead,
  identities: readonly Identity[],
): Promise<Uuid> {
  for (const [index, identity] of identities.entries()) {
    const holder = await claim(store, context, identity, lead, voided.get(identity.stream) ?? null);
    // A later identity that is held for a lead that does not exist stays with whoever is about to create that one.
    if (holder !== null && holder !== lead && (index === 0 || (await leadExists(store, holder)))) return holder;
  }
  return lead;
}

/** Claims further identities for an existing lead; throws `LEAD.DUPLICATE`, before anything is claimed, when another lead has one. */
export async function claimMore(
  deps: LeadsDeps,
  context: CommandContext,
  lead: Uuid,
  identities: readonly Identity[],
  externalIds: readonly ExternalId[],
): Promise<void> {
  const { store } = deps;
  const instead = new Map<string, Uuid>();
  for (const { identity, holder, claim: standing } of await holdingsOf(store, identities)) {
    if (standing === 'living' && holder !== lead) throw duplicateOf(holder);
    if (standing !== 'living') instead.set(identity.stream, holder);
  }
  for (const imported of importedAs(store, externalIds)) {
    if (imported !== lead && (await leadExists(store, imported))) throw duplicateOf(imported);
  }
  for (const identity of identities) {
    const holder = await claim(store, context, identity, lead, instead.get(identity.stream) ?? null);
    if (holder !== null && holder !== lead) throw duplicateOf(holder);
  }
}

/** Makes external ids names of an existing lead; gives back those that are, leaving others to the leads that have them. */
export async function linkTo(
  { store, ...deps }: LeadsDeps,
  context: CommandContext,
  lead: Uuid,
  externalIds: readonly ExternalId[],
): Promise<readonly ExternalId[]> {
  const linked: ExternalId[] = [];
  for (const externalId of externalIds) {
    const holder = await claim(store, context, externalIdentity(deps, externalId), lead);
    if (holder === lead) linked.push(externalId);
  }
  return linked;
}

/** Releases what the lead had claimed and no longer is, also where an earlier attempt broke off before doing so. */
export async function releaseFormer(deps: LeadsDeps, context: CommandContext, leadId: Uuid): Promise<void> {
  const lead = await readLead(deps.store, leadId);
  const { person, externalIds } = lead.details;
  const current = new Set(identitiesOf(deps, person?.email ?? null, externalIds).map(({ stream }) => stream));
  const former = [
    ...lead.everEmails.flatMap((email) => identitiesOf(deps, email, [])),
    ...identitiesOf(deps, null, lead.everExternalIds),
  ].filter(({ stream }) => !current.has(stream));
  for (const identity of former) {
    if ((await holderOf(deps.store, identity)) === leadId) await release(deps.store, context, identity, leadId);
  }
}

export async function readLead(store: EventStore, leadId: Uuid): Promise<LeadState> {
  const history = await store.readStream(leadStream(leadId));
  return history.map((event) => streamEvent<LeadEvent>(event)).reduce(evolveLead, initialLead);
}

export async function leadExists(store: EventStore, leadId: Uuid): Promise<boolean> {
  for await (const _first of store.read(leadStream(leadId))) return true;
  return false;
}

export const duplicateOf = (existing: string): DomainError =>
  refused('LEAD.DUPLICATE', `this e-mail or external id belongs to lead ${existing} already`, { existing });

/** `unborn`: claimed, and the lead was never created (or is being created now); `void`: the lead has another e-mail by now. */
interface Holding {
  readonly identity: Identity;
  readonly holder: Uuid;
  readonly claim: 'living' | 'unborn' | 'void';
}

async function holdingsOf(store: EventStore, identities: readonly Identity[]): Promise<readonly Holding[]> {
  const holders = await Promise.all(identities.map((identity) => holderOf(store, identity)));
  const holdings: Holding[] = [];
  for (const [index, identity] of identities.entries()) {
    const holder = holders[index] ?? null;
    if (holder === null) continue;
    const lead = await readLead(store, holder);
    holdings.push({
      identity,
      holder,
      claim: lead.id === null ? 'unborn' : isVoid(lead, identity) ? 'void' : 'living',
    });
  }
  return holdings;
}

/** Whoever changed the lead's e-mail never came to release the old one. */
function isVoid(lead: LeadState, { kind, text }: Identity): boolean {
  if (kind !== 'email') return false;
  const current = lead.details.person?.email ?? null;
  const formerly = lead.everEmails.some((email) => normaliseEmail(email) === text);
  return formerly && (current === null || normaliseEmail(current) !== text);
}

const importedAs = (store: EventStore, externalIds: readonly ExternalId[]): readonly Uuid[] =>
  externalIds.map((one) => externalLeadId(installationOf(store), one));
