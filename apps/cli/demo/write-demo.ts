import type { CommandContext } from '#event-store/command-context.js';
import { installationOf, type EventStore } from '#event-store/event-store.js';
import { stamp } from '#event-store/run-decider.js';
import type { Actor, DomainEvent } from '#kernel/envelope.js';
import { refused } from '#kernel/errors.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import type { Instant } from '#kernel/time.js';
import type { LeadCreatedData } from '#leads/events/lead-events.js';
import { identityStream } from '#leads/events/identity-events.js';
import { normaliseEmail } from '#leads/identity.js';
import { memberStream, type MemberEvent } from '#members/events/member-events.js';
import { evolveMember, initialMember } from '#members/member.js';
import { joinMember } from '#members/write/join-member/join-member.js';
import { leaveMember } from '#members/write/leave-member/leave-member.js';
import { moveMember } from '#members/write/move-member/move-member.js';
import type { IdentityHasher } from '#platform/identity.js';
import { AUTOMATION, BEGIN, END, STAFF } from './company.js';
import { spendAppends } from './plan-spend.js';
import { moved, shiftTo } from './moved.js';
import { tellAll, type Demo } from './stories.js';

export interface DemoLedger {
  readonly store: EventStore;
  readonly identity: IdentityHasher;
}

/** Events on their way at once: enough for large commits, few enough to hold. */
const IN_FLIGHT = 4_000;

/**
 * Fills an empty ledger with a demo's events, in the order in which they were recorded; the story ends at `until` or up to six days before.
 * Gives the number of events. Throws `DEMO.LEDGER_NOT_EMPTY`.
 */
export async function writeDemo(
  { store, identity }: DemoLedger,
  demo: Demo,
  onProgress: (leads: number, events: number) => void,
  until: Instant = END,
): Promise<number> {
  if ((await store.firstRecordedAt()) !== null) {
    throw refused('DEMO.LEDGER_NOT_EMPTY', 'the demo fills an empty ledger only; name another --data folder');
  }
  const writer = newWriter(store);
  const shift = shiftTo(until);
  const write = (append: Append): Promise<void> => writer.append(moved(append, shift));
  const { joins, changes } = staffAppends(installationOf(store));
  for (const join of joins) await write({ ...join, recordedAt: join.at });
  const spend = spendAppends(store.ledgerId, demo, shift);
  /** Whatever happens beside the leads' stories, up to this moment in order. */
  const others = async (upTo: Instant): Promise<void> => {
    for (;;) {
      const [change, cost] = [changes[0], spend[0]];
      const at = Math.min(change?.at ?? Infinity, cost?.at ?? Infinity);
      if (at > upTo) return;
      if (change?.at === at) await write({ ...(changes.shift() ?? change), recordedAt: at });
      else if (cost !== undefined) await writer.append((spend.shift() ?? cost).append);
    }
  };
  let leads = 0;
  for (const told of tellAll(demo)) {
    for (const append of told) {
      await others(append.recordedAt);
      const claim = claimOf(append, identity);
      if (claim !== null) await write(claim);
      if (append.after === -1 && append.stream.startsWith('lead-')) leads += 1;
      await write(append);
    }
    onProgress(leads, writer.events);
  }
  await others(END - 1);
  await writer.done();
  return writer.events;
}

interface Append {
  readonly stream: string;
  readonly after: number;
  readonly events: readonly DomainEvent[];
  readonly commandId: Uuid;
  readonly actor: Actor;
  readonly recordedAt: Instant;
}

/** Appends are handed over one after the other without waiting for each, so that many share a commit and their order stays. */
function newWriter(store: EventStore) {
  let events = 0;
  let pending: Promise<unknown>[] = [];
  let waiting = 0;
  const done = async (): Promise<void> => {
    const all = pending;
    pending = [];
    waiting = 0;
    await Promise.all(all);
  };
  return {
    get events() {
      return events;
    },
    done,
    async append({ stream, after, events: decided, commandId, actor, recordedAt }: Append): Promise<void> {
      const context: CommandContext = {
        commandId,
        commandDigest: 'demo',
        correlationId: commandId,
        causationId: null,
        actor,
        now: recordedAt,
        recordedAt,
      };
      const stamped = decided.map((event, index) => stamp(store, stream, context, event, index));
      const appended = store.append(stream, stamped, { expected: after === -1 ? 'no-stream' : after });
      appended.catch(() => undefined); // heard of in done()
      pending.push(appended);
      events += stamped.length;
      waiting += stamped.length;
      if (waiting >= IN_FLIGHT) await done();
    },
  };
}

/** The claim of a new lead's e-mail, which goes before the lead. */
function claimOf({ events, commandId, actor, recordedAt }: Append, identity: IdentityHasher): Append | null {
  const [created] = events;
  if (created?.type !== 'lead.created' || created.leadId === null) return null;
  const email = (created.data as LeadCreatedData).person?.email ?? null; // by its type
  if (email === null) return null;
  const claimed: DomainEvent = {
    type: 'identity.claimed',
    occurredAt: recordedAt,
    leadId: null,
    pass: null,
    data: { kind: 'email', lead: created.leadId },
  };
  return {
    stream: identityStream(identity.email(normaliseEmail(email))),
    after: -1,
    events: [claimed],
    commandId: uuidv5(commandId, `claim ${created.leadId}`),
    actor,
    recordedAt,
  };
}

interface StaffAppend extends Omit<Append, 'recordedAt'> {
  readonly at: Instant;
}

/** Everybody joins before the story begins; who changes team, comes or goes later does so on the day. */
function staffAppends(ledgerId: Uuid): { joins: StaffAppend[]; changes: StaffAppend[] } {
  const members = new Map<string, { state: typeof initialMember; revision: number }>();
  const appends: StaffAppend[] = [];
  const decide = (handle: string, at: Instant, decided: readonly MemberEvent[]): void => {
    const member = members.get(handle) ?? { state: initialMember, revision: -1 };
    const after = member.revision;
    for (const event of decided) {
      member.revision += 1;
      member.state = evolveMember(member.state, { ...event, revision: member.revision, actor: AUTOMATION });
    }
    members.set(handle, member);
    const commandId = uuidv5(ledgerId, `demo ${handle} ${after}`);
    if (decided.length > 0)
      appends.push({
        stream: memberStream(ledgerId, handle),
        after,
        events: decided,
        commandId,
        actor: AUTOMATION,
        at,
      });
  };
  const known = (handle: string): typeof initialMember => members.get(handle)?.state ?? initialMember;
  for (const { handle, team, role, manager, from } of [...STAFF].sort((a, b) => a.from - b.from)) {
    const asked = { now: from, input: { handle, team, role, manager, aliases: [], occurredAt: from } };
    const isMove = known(handle).status === 'joined';
    decide(
      handle,
      from,
      isMove ? moveMember(asked, known(handle), new Map()) : joinMember(asked, known(handle), new Map()),
    );
  }
  for (const { handle, to } of STAFF) {
    const stays = to >= END || STAFF.some((other) => other.handle === handle && other.from === to);
    if (!stays) decide(handle, to, leaveMember({ now: to, input: { occurredAt: to } }, known(handle)));
  }
  const ordered = appends.sort((a, b) => a.at - b.at);
  return { joins: ordered.filter(({ at }) => at < BEGIN), changes: ordered.filter(({ at }) => at >= BEGIN) };
}
