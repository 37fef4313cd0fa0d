import type { FastifyRequest } from 'fastify';
import type { Principal } from '#access/authenticate.js';
import type { CommandContext } from '#event-store/command-context.js';
import { DomainError, malformed } from '#kernel/errors.js';
import type { Actor } from '#kernel/envelope.js';
import { freshUuid, uuidv5, type Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import type { IdentityHasher } from '../identity.js';
import type { Roster } from '../roster.js';
import { canonicalJson } from './canonical-json.js';
import { claimedActorOf, correlationIdOf, expectedRevisionOf, idempotencyKeyOf } from './request-headers.js';

/** A use case as the edge names it: part of the command id, so its spelling is a promise. */
export interface CommandUse {
  readonly route: string;
  /** The id in the path, '' at creation. */
  readonly target: string;
  readonly body: unknown;
}

export interface ContextSources {
  /** The ledger's id: the namespace of every command id. */
  readonly installation: Uuid;
  readonly roster: Roster;
  readonly hasher: Pick<IdentityHasher, 'digest'>;
}

/** Without a sign-in and without `X-Actor-Id`. */
export const ANONYMOUS: Actor = { id: 'anonymous', team: 'system' };

/**
 * Everything about a command that is not its content, from the request's headers. The same key by the same actor on the same
 * route and target gives the same command id; without a key a fresh one is made. Throws `REQUEST.*` for headers that say nothing.
 */
export async function commandContextOf(
  sources: ContextSources,
  request: Pick<FastifyRequest, 'headers' | 'query' | 'id'> & { readonly principal?: Principal | null },
  use: CommandUse,
  now: Instant,
): Promise<{ readonly context: CommandContext; readonly key: string }> {
  refuseQuery(request.query);
  const { headers } = request;
  const key = idempotencyKeyOf(headers) ?? freshUuid();
  const expectedRevision = expectedRevisionOf(headers);
  const correlationId = correlationIdOf(headers);
  const principal = request.principal ?? null;
  const claimed = claimedActorOf(headers);
  const actor = await actorOf(sources.roster, principal === null ? claimed : actorOfKey(principal, claimed), now);
  const commandId = uuidv5(sources.installation, JSON.stringify([actor.id, use.route, use.target, key]));
  return {
    key,
    context: {
      commandId,
      commandDigest: sources.hasher.digest(canonicalJson(use.body)),
      correlationId: correlationId ?? request.id,
      causationId: null,
      actor,
      now,
      ...(expectedRevision === null ? {} : { expectedRevision }),
      // Tells for ever which key this was recorded with; without one nobody vouches for the actor.
      ...(principal === null ? {} : { meta: { key: principal.keyId, role: principal.role } }),
    },
  };
}

type ClaimedActor = ReturnType<typeof claimedActorOf>;

/** The roster's word on the team stands; the header's counts only for someone it does not know. */
async function actorOf(roster: Roster, claimed: ClaimedActor, now: Instant): Promise<Actor> {
  const team = claimed.team ?? ANONYMOUS.team;
  if (claimed.id === null) return claimed.team === null ? ANONYMOUS : { id: ANONYMOUS.id, team };
  const id = await roster.resolve(claimed.id);
  return { id, team: (await roster.teamAt(id, now)) ?? team };
}

/** The key says who acts; a header that says otherwise is a mistake that nobody would notice. */
function actorOfKey(principal: Principal, claimed: ClaimedActor): ClaimedActor {
  if (claimed.id !== null && claimed.id !== principal.member)
    throw new DomainError(
      'forbidden',
      'ACCESS.ACTOR_FROM_KEY',
      `this key acts as ${principal.member}; X-Actor-Id and X-Actor-Team are for use without keys`,
    );
  return { id: principal.member, team: principal.team };
}

function refuseQuery(query: unknown): void {
  for (const name in query as object) {
    // Fastify's query is an object without prototype
    throw malformed('QUERY.UNKNOWN_PARAMETER', `this route takes no query parameter, got "${name}"`);
  }
}
