import fc from 'fast-check';
import { dealStream, type DealEvent } from '#deals/events/deal-events.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { DomainError } from '#kernel/errors.js';
import { freshUuid, uuidv5, type Uuid } from '#kernel/ids.js';
import { leadStream } from './events/lead-events.js';
import { readLead } from './identity-claims.js';
import { NO_DETAILS } from './lead-details.js';
import { readLeadDeals } from './lead-deals.js';
import { randomCommand, type RandomCommand } from './testing/random-commands.js';
import { contextOf, DAY, leadsDeps, NOW, SYSTEM } from './testing/leads-deps.js';
import { handleAcceptLead } from './write/accept-lead/accept-lead.handler.js';
import { handleCreateLead } from './write/create-lead/create-lead.handler.js';
import { handleQualifyMql } from './write/qualify-mql/qualify-mql.handler.js';
import { handleQualifySql } from './write/qualify-sql/qualify-sql.handler.js';

type Deps = ReturnType<typeof leadsDeps>;

/** What happens to the lead's deals meanwhile, by others: written as the deals context would. */
interface DealHappening {
  readonly deal: 0 | 1;
  readonly type: DealEvent['type'];
  readonly daysAgo: number;
}

const dealHappening: fc.Arbitrary<DealHappening> = fc.record({
  deal: fc.constantFrom(0 as const, 1 as const),
  type: fc.constantFrom<DealEvent['type'][]>('deal.opened', 'deal.won', 'deal.lost', 'deal.reopened', 'deal.annulled'),
  daysAgo: fc.integer({ min: 0, max: 30 }),
});

const happenings = fc.array(
  fc.oneof({ weight: 6, arbitrary: randomCommand }, { weight: 1, arbitrary: dealHappening }),
  {
    minLength: 1,
    maxLength: 25,
  },
);

describe('Any sequence of commands on a lead', () => {
  it('never breaks an invariant, and no command leaves a second event when it is repeated', async () => {
    let accepted = 0;
    await fc.assert(
      fc.asyncProperty(happenings, async (sequence) => {
        const { deps, leadId } = await aLead();
        for (const happening of sequence) {
          if ('type' in happening) {
            await happen(deps, leadId, happening);
            continue;
          }
          if (await isAccepted(deps, leadId, happening)) accepted++;
          assertInvariants(await deps.store.readStream(leadStream(leadId)));
          await assertFoldAgrees(deps, leadId);
        }
      }),
      { numRuns: 250 },
    );
    // A generator of nothing but refusals would prove nothing.
    expect(accepted).toBeGreaterThan(250);
  }, 60_000);

  it('does not depend on the order in which the dated stages of a pass arrive, nor on whether its exit came first', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(['mql', 'sal', 'sql'] as const, { minLength: 1 }),
        fc.constantFrom(null, 'rejected', 'recycled', 'disqualified'),
        async (order, exit) => {
          const { deps, leadId } = await aLead();
          const at = NOW - DAY;
          if (exit !== null)
            await append(deps, leadStream(leadId), { type: `lead.${exit}`, leadId, pass: 1, occurredAt: at, data: {} });
          for (const stage of order) await enter(deps, leadId, stage);
          const lead = await readLead(deps.store, leadId);
          expect(lead.stage).toBe(exit ?? (['sql', 'sal', 'mql'] as const).find((stage) => order.includes(stage)));
          expect(lead.pass).toBe(1);
          expect(lead.steps.filter((step) => step.kind === 'stage')).toHaveLength(order.length);
        },
      ),
    );
  }, 60_000);
});

/** MQL, SAL and SQL occurred ten, nine and eight days ago. */
function enter(deps: Deps, leadId: Uuid, stage: 'mql' | 'sal' | 'sql'): Promise<unknown> {
  const context = contextOf(SYSTEM);
  if (stage === 'mql') {
    return handleQualifyMql(deps, {
      context,
      leadId,
      input: { definition: 'mql@1', evidence: [], occurredAt: NOW - 10 * DAY },
    });
  }
  if (stage === 'sal')
    return handleAcceptLead(deps, { context, leadId, input: { note: null, occurredAt: NOW - 9 * DAY } });
  return handleQualifySql(deps, { context, leadId, input: { note: null, occurredAt: NOW - 8 * DAY } });
}

async function aLead(): Promise<{ readonly deps: Deps; readonly leadId: Uuid }> {
  const deps = leadsDeps({ sue: { team: 'sales', role: 'head' } });
  const { id } = await handleCreateLead(deps, {
    context: contextOf(SYSTEM, { now: NOW - 40 * DAY }),
    input: { ...NO_DETAILS, owner: null, touches: [], onDuplicate: 'refuse' },
  });
  return { deps, leadId: id as Uuid }; // a lead's id
}

/** Sends a command, and then again: with the same id, and with the same meaning under another id a second later. */
async function isAccepted(deps: Deps, leadId: Uuid, command: RandomCommand): Promise<boolean> {
  const context = contextOf(command.actor);
  const before = deps.store.events.length;
  const attempt = () => command.send(deps, context, leadId);
  const outcome = await refusalAsNull(attempt());
  const after = deps.store.events.length;
  if (outcome === null) {
    expect(after).toBe(before);
    return false;
  }
  const again = await attempt();
  expect(deps.store.events).toHaveLength(after);
  if (outcome.events.length > 0) expect(again).toEqual({ ...outcome, repeated: true });
  const sameMeaning = contextOf(command.actor, { now: NOW + 1000 });
  expect((await command.send(deps, sameMeaning, leadId)).events).toEqual([]);
  expect(deps.store.events).toHaveLength(after);
  return outcome.events.length > 0;
}

async function refusalAsNull<T>(attempt: Promise<T>): Promise<T | null> {
  try {
    return await attempt;
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}

/** Judged on the recorded events alone, without the fold that is under test. */
function assertInvariants(events: readonly RecordedEvent[]): void {
  let passes = 0;
  const standing = new Map<number, RecordedEvent>();
  const touches = new Set<string>();
  for (const event of events) {
    const data = dataOf(event);
    const pass = event.pass ?? 0;
    expect(event.occurredAt).toBeLessThanOrEqual(NOW + 5 * 60_000);

    if (pass > passes) {
      // Passes are numbered without gaps and begin with the creation or a re-entry; exits never open one.
      expect(pass).toBe(passes + 1);
      const opens =
        pass === 1 ? ['lead.created'] : ['lead.mql-qualified', 'lead.accepted', 'lead.sql-qualified', 'lead.reopened'];
      expect(opens).toContain(event.type);
      passes = pass;
    }
    const inPass = [...standing.values()].filter((one) => one.pass === pass);
    switch (event.type) {
      case 'lead.created':
        expect(event.revision).toBe(0);
        break;
      case 'lead.mql-qualified':
      case 'lead.accepted':
      case 'lead.sql-qualified': {
        // At most one of each stage per pass stands, and after an exit only what occurred before it is added.
        expect(inPass.map(({ type }) => type)).not.toContain(event.type);
        const exit = inPass.findLast(({ type }) => EXITS.includes(type));
        if (exit !== undefined) expect(event.occurredAt).toBeLessThan(exit.occurredAt);
        standing.set(event.revision, event);
        break;
      }
      case 'lead.rejected':
      case 'lead.recycled':
      case 'lead.disqualified': {
        const exit = inPass.findLast(({ type }) => EXITS.includes(type));
        // Disqualified may follow the others; nothing else follows an exit.
        if (exit !== undefined)
          expect([exit.type, event.type]).toEqual([expect.not.stringMatching('disqualified'), 'lead.disqualified']);
        standing.set(event.revision, event);
        break;
      }
      case 'lead.reopened':
        if (data['mode'] === 'new-pass') break;
        expect(EXITS).toContain(standing.get(Number(data['annuls']))?.type);
        standing.delete(Number(data['annuls']));
        break;
      case 'lead.stage-annulled': {
        const annulled = standing.get(Number(data['annuls']));
        expect(annulled?.pass).toBe(event.pass);
        expect(STAGE_OF.get(annulled?.type ?? '')).toBe(data['stage']);
        standing.delete(Number(data['annuls']));
        break;
      }
      case 'lead.touched':
        // Each touch once.
        expect(touches).not.toContain(data['touchId']);
        touches.add(String(data['touchId']));
        break;
    }
  }
}

/** Every payload of a lead is an object. */
const dataOf = (event: RecordedEvent): Readonly<Record<string, unknown>> => event.data() as Record<string, unknown>;

const EXITS: readonly string[] = ['lead.rejected', 'lead.recycled', 'lead.disqualified'];
const STAGE_OF = new Map([
  ['lead.mql-qualified', 'mql'],
  ['lead.accepted', 'sal'],
  ['lead.sql-qualified', 'sql'],
]);

/** The fold's stage, pass and owner are those that a plain look over the whole history gives. */
async function assertFoldAgrees(deps: Deps, leadId: Uuid): Promise<void> {
  const events = await deps.store.readStream(leadStream(leadId));
  const annulled = new Set(events.map((event) => dataOf(event)['annuls']));
  const cancelled = new Set(
    events
      .filter((event) => event.type === 'lead.stage-annulled' && dataOf(event)['cancelsPass'] === true)
      .map(({ pass }) => pass),
  );
  const standing = events.filter((event) => !annulled.has(event.revision));
  const pass = Math.max(...events.map((event) => event.pass ?? 0).filter((one) => !cancelled.has(one)));
  const inPass = standing.filter((event) => event.pass === pass);
  const exit = inPass.findLast(({ type }) => EXITS.includes(type));
  const entered = inPass.flatMap(({ type }) => STAGE_OF.get(type) ?? []);
  const furthest = ['sql', 'sal', 'mql'].find((stage) => entered.includes(stage)) ?? 'lead';
  const lead = await readLead(deps.store, leadId);
  expect({ pass: lead.pass, stage: lead.stage, revision: lead.revision }).toEqual({
    pass,
    stage: exit === undefined ? furthest : exit.type.replace('lead.', ''),
    revision: events.length - 1,
  });
  const times = lead.assignments.map(({ occurredAt }) => occurredAt);
  expect(times).toEqual(times.toSorted((one, other) => one - other));
}

/** Writes a deal's event where a deal could have it. */
async function happen(deps: Deps, leadId: Uuid, { deal, type, daysAgo }: DealHappening): Promise<void> {
  const stream = dealStream(uuidv5(leadId, `deal ${deal}`));
  const known = (await readLeadDeals(deps.store, leadId)).deals.find((one) => one.stream === stream);
  const lead = await readLead(deps.store, leadId);
  const possible: readonly DealEvent['type'][] =
    known === undefined
      ? ['rejected', 'recycled', 'disqualified'].includes(lead.stage)
        ? []
        : ['deal.opened']
      : {
          open: ['deal.won', 'deal.lost', 'deal.annulled'] as const,
          won: ['deal.reopened'] as const,
          lost: ['deal.reopened'] as const,
          annulled: [],
        }[known.status];
  if (!possible.includes(type)) return;
  await append(deps, stream, {
    type,
    leadId,
    pass: known === undefined ? lead.pass : known.pass,
    occurredAt: NOW - daysAgo * DAY,
    data: {},
  });
}

async function append(
  deps: Deps,
  stream: string,
  event: {
    readonly type: string;
    readonly leadId: Uuid;
    readonly pass: number | null;
    readonly occurredAt: number;
    readonly data: unknown;
  },
): Promise<void> {
  const context = contextOf(SYSTEM);
  await deps.store.append(stream, [{ ...context, ...event, eventId: freshUuid(), schemaVersion: 1 }], {
    expected: 'any',
  });
}
