import { installationOf } from '#event-store/event-store.js';
import type { CommandContext } from '#event-store/command-context.js';
import type { Instant } from '#kernel/time.js';
import { memberStream } from '#members/events/member-events.js';
import type { MemberRoster } from '#members/roster.js';
import { handleJoinMember } from '#members/write/join-member/join-member.handler.js';
import { handleMoveMember } from '#members/write/move-member/move-member.handler.js';
import { canonicalJson } from '#platform/http/canonical-json.js';
import { lastWrites, stepCommandId } from '#imports/write/import/own-writes.js';
import type { MemberDetails, MemberNeed } from '#imports/write/import/step.js';
import { importActor } from './import-deps.js';
import type { ImportRun } from './step-place.js';

/**
 * Makes sure that somebody goes by this handle: who is unknown joins at the moment that first needs them, who was imported before and is told
 * otherwise now is moved, an alias or a member made by others stays as it is. Gives the types of the events it added.
 */
export async function ensureMember(
  run: ImportRun,
  roster: MemberRoster,
  { handle, at, details }: MemberNeed,
  defaults: MemberDetails,
  recordedAt?: Instant,
): Promise<readonly string[]> {
  const { store, identity, clock, turn } = run.deps;
  const holder = await roster.holderOf(handle);
  if (holder !== null && (holder !== handle || details === null)) return [];
  const wanted = details ?? defaults;
  const digest = identity.digest(canonicalJson(wanted));
  const last =
    lastWrites(await store.readStream(memberStream(installationOf(store), handle)), run.system).get('member') ?? null;
  if (holder !== null && (last === null || last.digest === digest)) return [];
  const n = (last?.n ?? -1) + 1;
  const context: CommandContext = {
    commandId: stepCommandId(run.namespace, handle, 'member', { n, digest }),
    commandDigest: digest,
    correlationId: run.importId,
    causationId: null,
    actor: importActor,
    now: recordedAt ?? clock(),
    recordedAt,
    meta: { source: run.system, step: 'member', n },
  };
  const deps = { store, roster, turn };
  const outcome =
    holder === null
      ? await handleJoinMember(deps, { context, input: { handle, ...wanted, occurredAt: at } })
      : await handleMoveMember(deps, { context, handle, input: wanted });
  return outcome.events.map(({ type }) => type);
}
