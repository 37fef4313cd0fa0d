import type { CommandContext } from '#event-store/command-context.js';
import type { EventStore, StreamAppend } from '#event-store/event-store.js';
import { runDecider, stamp, streamEvent } from '#event-store/run-decider.js';
import { isUuid, uuidv5, type Uuid } from '#kernel/ids.js';
import { identityStream, type IdentityClaimedData, type IdentityEvent } from './events/identity-events.js';
import type { ExternalId } from './events/lead-events.js';
import type { LeadsDeps } from './leads-deps.js';

/** One thing that names a lead: the stream that a claim of it is written to. */
export interface Identity {
  readonly kind: IdentityClaimedData['kind'];
  readonly stream: string;
  /** The text that it was made of; never stored. */
  readonly text: string;
}

/** Trim, NFC, lower case, and nothing else: dots and plus signs mean different people to some servers. */
export const normaliseEmail = (text: string): string => text.trim().normalize('NFC').toLowerCase();

/** Local parts that no one person stands behind; two leads may well share such an address. */
export const ROLE_ADDRESSES: ReadonlySet<string> = new Set(
  (
    'abuse accounting accounts admin administrator billing booking bookings contact contacto contato enquiries enquiry finance ' +
    'financeiro hello help helpdesk hostmaster hr info inquiries invoices it jobs kontakt legal mail mailer-daemon marketing media ' +
    'no-reply noreply office orders postmaster press privacy procurement purchasing reception recruiting root sales security ' +
    'service support team vendas webmaster'
  ).split(' '),
);

export function isRoleAddress(email: string, roles: ReadonlySet<string> = ROLE_ADDRESSES): boolean {
  const normal = normaliseEmail(email);
  return roles.has(normal.slice(0, normal.lastIndexOf('@')).split('+')[0] ?? '');
}

/** The identity of an e-mail, null for a role address (it never claims). */
export function emailIdentity(deps: Pick<LeadsDeps, 'identity' | 'roleAddresses'>, email: string): Identity | null {
  const text = normaliseEmail(email);
  if (text === '' || isRoleAddress(text, deps.roleAddresses)) return null;
  return { kind: 'email', stream: identityStream(deps.identity.email(text)), text };
}

export const externalIdentity = (deps: Pick<LeadsDeps, 'identity'>, { system, id }: ExternalId): Identity => ({
  kind: 'external-id',
  stream: identityStream(deps.identity.externalId(system, id)),
  text: `${system}/${id}`,
});

/** The id of the lead that an import makes of a row: the same row finds it again without any look-up. */
export const externalLeadId = (ledgerId: Uuid, { system, id }: ExternalId): Uuid =>
  uuidv5(uuidv5(ledgerId, system), id);

/** The lead that holds this identity, null while nobody does. */
export async function holderOf(store: EventStore, identity: Identity): Promise<Uuid | null> {
  const history = await store.readStream(identity.stream);
  return history.map((event) => streamEvent<IdentityEvent>(event)).reduce(evolveHolder, null);
}

/**
 * Claims an identity for a lead and gives back who holds it now: the lead itself, or whoever was faster. `instead` names a holder whose
 * claim is void (its lead was never created, or has another e-mail by now): released and claimed in one append.
 */
export function claim(
  store: EventStore,
  context: CommandContext,
  identity: Identity,
  lead: Uuid,
  instead: Uuid | null = null,
): Promise<Uuid | null> {
  const { kind } = identity;
  return changeIdentity(store, context, 'claim', identity, lead, (holder) => {
    const claimed = { ...about(context), type: 'identity.claimed' as const, data: { kind, lead } };
    if (holder === null) return [claimed];
    if (holder !== instead || holder === lead) return [];
    return [{ ...about(context), type: 'identity.released', data: { lead: holder } }, claimed];
  });
}

/** The same for an identity that nobody ever had, as an append that is refused where somebody has. */
export function claimAppend(
  store: EventStore,
  context: CommandContext,
  { kind, stream }: Identity,
  lead: Uuid,
): StreamAppend {
  const claimed = { ...about(context), type: 'identity.claimed' as const, data: { kind, lead } };
  return { stream, events: [stamp(store, stream, stepOf(context, 'claim', lead), claimed, 0)], expected: 'no-stream' };
}

/** Gives an identity free, where this lead holds it. */
export async function release(
  store: EventStore,
  context: CommandContext,
  identity: Identity,
  lead: Uuid,
): Promise<void> {
  await changeIdentity(store, context, 'release', identity, lead, (holder) =>
    holder === lead ? [{ ...about(context), type: 'identity.released', data: { lead } }] : [],
  );
}

async function changeIdentity(
  store: EventStore,
  context: CommandContext,
  step: string,
  identity: Identity,
  lead: Uuid,
  decide: (holder: Holder) => readonly IdentityEvent[],
): Promise<Uuid | null> {
  let after: Holder | undefined;
  await runDecider<Holder, IdentityEvent>(store, {
    id: lead,
    stream: identity.stream,
    context: stepOf(context, step, lead),
    initialState: null,
    evolve: evolveHolder,
    decide: (holder) => {
      const events = decide(holder);
      after = events.reduce(evolveHolder, holder);
      return events;
    },
  });
  // A repeat decides nothing, and others may have come since.
  return after === undefined ? holderOf(store, identity) : after;
}

/** A command of its own: one command may claim an identity and, in a later attempt, release it again. If-Match is about the lead. */
const stepOf = ({ expectedRevision: _, ...context }: CommandContext, step: string, lead: Uuid): CommandContext => ({
  ...context,
  commandId: uuidv5(context.commandId, `${step} ${lead}`),
  causationId: context.commandId,
});

type Holder = Uuid | null;

const evolveHolder = (holder: Holder, event: IdentityEvent): Holder => {
  switch (event.type) {
    case 'identity.claimed':
      return isUuid(event.data.lead) ? event.data.lead : null;
    case 'identity.released':
      return null;
    default:
      return holder;
  }
};

/** A claim is no event of the lead: it changes hands, and names its lead only in its data. */
const about = (context: CommandContext) => ({ occurredAt: context.now, leadId: null, pass: null });
