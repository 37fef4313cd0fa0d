import fc from 'fast-check';
import type { EventStore } from '#event-store/event-store.js';
import { anEvent } from '#event-store/testing/an-event.js';
import type { RecordedEvent } from '#kernel/envelope.js';
import { uuidv5, type Uuid } from '#kernel/ids.js';
import { START } from '#kernel/position.js';
import { catchUp } from '#subscriptions/catch-up.js';
import type { Processor } from '#subscriptions/processor.js';
import { openWorkbench, type Workbench } from '#subscriptions/testing/workbench.js';
import { streamEvent } from '#event-store/run-decider.js';
import { BONUS_EVENT_TYPES, bonusStream, type BonusEvent } from '../events/bonus-events.js';
import { at, eur, PLAN, TERMS } from '../testing/book-life.js';
import { evolveBonus, initialBonus, type BonusState } from './bonus.js';
import { bonusProcessors } from './bonus-processors.js';
import { bonusSweeps } from './bonus-sweeps.js';
import { followKnowledge, knowledgeEventOf } from './follow-knowledge.js';
import { judge } from './judge.js';
import { activeVersions, judgingBy } from './knowledge.js';
import { accountEventOf, readAccount } from './read-account.js';
import { rejudge, type ToldEvent } from './rejudge.js';

const LEAD_NAMESPACE = '7d444840-9dc0-11d1-b245-5ffdce74fad2' as Uuid;
const leadOf = (number: number): Uuid => uuidv5(LEAD_NAMESPACE, `lead ${number}`);
const ORGANISATION = { timeZone: 'UTC', currency: 'EUR', fiscalYearStart: '01-01' };
const { signal: never } = new AbortController();
const FAST = { pageSize: 7, maxDirty: 5, catchUpFlushMs: 5, retryStalledMs: 50 };

/** A small ledger, told event by event. */
function teller(store: EventStore) {
  let payments = 0;
  const tell = (stream: string, type: string, day: string, data: unknown, leadId: Uuid | null = null) =>
    store.append(stream, [anEvent({ type, occurredAt: at(day), data, leadId })], { expected: 'any' });
  return {
    organisation: () => tell('organisation', 'organisation.configured', '2026-01-01', ORGANISATION),
    async plan(version = 1, terms: Partial<typeof TERMS> = {}) {
      const hash = `hash-${version}`;
      const stream = `bonusplan-${PLAN}`;
      await tell(stream, 'bonusplan.drafted', '2026-01-01', {
        planId: PLAN,
        version,
        hash,
        terms: { ...TERMS, ...terms },
      });
      for (const as of ['marketing', 'sales', 'finance'])
        await tell(stream, 'bonusplan.signed', '2026-01-01', {
          planId: PLAN,
          version,
          hash,
          as,
          member: as,
          authenticated: true,
        });
    },
    owners: (campaign: string, owners: readonly string[], from = '2026-01-01') =>
      tell(`campaign-${campaign}`, 'campaign.owners-changed', from, { name: campaign, owners, from }),
    touch: (lead: number, day: string, member: string | null, campaign: string | null = null) =>
      tell(
        `lead-${leadOf(lead)}`,
        'lead.touched',
        day,
        {
          touchId: `t${++payments}`,
          kind: 'email',
          channel: 'email',
          campaign,
          member,
          team: 'marketing',
          automated: false,
        },
        leadOf(lead),
      ),
    deal: (lead: number, day = '2026-01-10') => tell(`deal-${lead}`, 'deal.opened', day, { kind: 'new' }, leadOf(lead)),
    async pay(lead: number, day: string, minor: number) {
      const paymentId = `p${++payments}`;
      const data = { paymentId, amount: eur(minor), cost: eur(0), rate: null };
      await tell(`deal-${lead}`, 'deal.payment-received', day, data, leadOf(lead));
      return paymentId;
    },
    refund: (lead: number, day: string, paymentId: string, minor: number) =>
      tell(
        `deal-${lead}`,
        'deal.payment-refunded',
        day,
        {
          paymentId,
          refundId: `r${++payments}`,
          kind: 'refund',
          amount: eur(minor),
          costRecovered: null,
          reason: null,
        },
        leadOf(lead),
      ),
    annul: (lead: number, day: string, paymentId: string) =>
      tell(`deal-${lead}`, 'deal.payment-annulled', day, { paymentId, reason: null }, leadOf(lead)),
  };
}

const processorsOn = (store: EventStore): readonly Processor[] => bonusProcessors(store, ORGANISATION);

const reach = ({ eventStore, readStore }: Pick<Workbench, 'eventStore' | 'readStore'>, lanes = 1): Promise<unknown> =>
  catchUp({ eventStore, readStore, processors: processorsOn(eventStore), lanes, tuning: FAST, signal: never });

async function stateOf(store: EventStore, lead: number): Promise<BonusState> {
  const events = await store.readStream(bonusStream(PLAN, leadOf(lead)));
  return events.reduce((state, event) => evolveBonus(state, streamEvent<BonusEvent>(event)), initialBonus);
}

async function bonusEvents(store: EventStore): Promise<RecordedEvent[]> {
  const found: RecordedEvent[] = [];
  for await (const page of store.readAll({ after: START, types: BONUS_EVENT_TYPES })) found.push(...page.events);
  return found;
}

/** What each member has, by tier and crossing, without what came to nothing. */
const balances = ({ crossings }: BonusState) =>
  Object.fromEntries(
    [...crossings].flatMap(([key, { members }]) => {
      const left = [...members].filter(([, minor]) => minor !== 0).sort();
      return left.length === 0 ? [] : [[key, Object.fromEntries(left)]];
    }),
  );

/** The same from the ledger as it is, by judging alone. */
async function due(store: EventStore, lead: number) {
  const { knowledge } = await followKnowledge(store).current();
  const state = await stateOf(store, lead);
  const context = { dayOf: knowledge.calendar.dayOf, currency: 'EUR' };
  const account = await readAccount(store, leadOf(lead), await store.head(), context);
  const standings = judge(activeVersions(knowledge, PLAN), account, judgingBy(knowledge, PLAN, state));
  return Object.fromEntries(
    standings
      .filter(({ members }) => members.length > 0)
      .map(({ tier, crossing, members }) => [
        `${tier} ${crossing}`,
        Object.fromEntries(members.map(({ member, minor }) => [member, minor])),
      ]),
  );
}

describe('The reaction', () => {
  let bench: Workbench;
  let story: ReturnType<typeof teller>;
  beforeEach(async () => {
    bench = await openWorkbench();
    story = teller(bench.eventStore);
    await story.organisation();
  });
  afterEach(() => bench.remove());

  it('records a milestone once, its reversal, and a new crossing', async () => {
    await story.plan();
    await story.touch(1, '2026-01-02', 'anna');
    await story.deal(1);
    const payment = await story.pay(1, '2026-02-01', 1000_00);
    await reach(bench);
    await reach(bench);
    await story.refund(1, '2026-03-01', payment, 1);
    await reach(bench);
    await story.pay(1, '2026-04-01', 1);
    await reach(bench);
    const events = await bonusEvents(bench.eventStore);
    expect(events.map((event) => [event.type, (event.data() as { members: unknown }).members])).toEqual([
      ['bonus.milestone-reached', [{ member: 'anna', minor: 100_00 }]],
      ['bonus.milestone-reversed', [{ member: 'anna', minor: -100_00 }]],
      ['bonus.milestone-reached', [{ member: 'anna', minor: 100_00 }]],
    ]);
    expect(events.map((event) => (event.data() as { period: string }).period)).toEqual([
      '2026-02',
      '2026-03',
      '2026-04',
    ]);
    expect(events[0]).toMatchObject({ leadId: leadOf(1), actor: { id: 'bonuses', team: 'system' } });
  });

  it('judges leads that crossed before the plan was signed, once it is', async () => {
    for (const lead of [1, 2, 3]) {
      await story.touch(lead, '2026-01-02', 'anna');
      await story.deal(lead);
      await story.pay(lead, '2026-02-01', lead === 3 ? 999_99 : 1000_00);
    }
    await reach(bench, 2);
    expect(await bonusEvents(bench.eventStore)).toEqual([]);
    await story.plan();
    await reach(bench, 2);
    expect(await Promise.all([1, 2, 3].map(async (lead) => balances(await stateOf(bench.eventStore, lead))))).toEqual([
      { 'first 1': { anna: 100_00 } },
      { 'first 1': { anna: 100_00 } },
      {},
    ]);
  });

  it('splits anew when a touch becomes known late, or the owners of a campaign are other ones', async () => {
    await story.plan();
    await story.touch(1, '2026-01-02', null, 'spring');
    await story.deal(1);
    await story.pay(1, '2026-02-01', 1000_00);
    await reach(bench);
    expect(balances(await stateOf(bench.eventStore, 1))).toEqual({});
    await story.owners('spring', ['anna']);
    await reach(bench);
    expect(balances(await stateOf(bench.eventStore, 1))).toEqual({ 'first 1': { anna: 100_00 } });
    await story.touch(1, '2026-01-05', 'bert');
    await reach(bench);
    expect(balances(await stateOf(bench.eventStore, 1))).toEqual({ 'first 1': { anna: 50_00, bert: 50_00 } });
  });

  it('does not look at touches recorded after the approval', async () => {
    await story.plan();
    await story.touch(1, '2026-01-02', 'anna');
    await story.deal(1);
    await story.pay(1, '2026-02-01', 1000_00);
    await reach(bench);
    await bench.eventStore.append(
      'statement-x',
      [anEvent({ type: 'statement.approved', data: { planId: PLAN, member: 'anna', period: '2026-02' } })],
      { expected: 'any' },
    );
    await story.touch(1, '2026-01-05', 'bert');
    await story.pay(1, '2026-02-05', 10_00);
    await reach(bench);
    expect(balances(await stateOf(bench.eventStore, 1))).toEqual({ 'first 1': { anna: 100_00 } });
  });

  it('sweeps only once all lanes have passed what changed', async () => {
    await story.plan();
    const [signed] = (await bench.eventStore.readStream(`bonusplan-${PLAN}`)).slice(-1);
    await reach(bench);
    const { eventStore, readStore } = bench;
    const lane = { store: readStore, generation: 1, lane: 0, lanes: 1, from: null };
    const projector = await bonusSweeps({ store: eventStore, rules: followKnowledge(eventStore) }).open(lane);
    if (signed === undefined) throw new Error('no signature');
    await expect(projector.prepare([signed])).resolves.toBeUndefined();
    await story.owners('spring', ['anna']);
    await story.pay(1, '2026-02-01', 1000_00);
    await story.owners('spring', ['bert']);
    const [early, changed] = await eventStore.readStream('campaign-spring');
    if (early === undefined || changed === undefined) throw new Error('no change');
    // Nobody had paid by then.
    await expect(projector.prepare([early])).resolves.toBeUndefined();
    await expect(projector.prepare([changed])).rejects.toMatchObject({
      code: 'BONUS.LANES_BEHIND',
      kind: 'unavailable',
    });
  });

  it('shows what was tampered with when it is judged again', async () => {
    await story.plan();
    await story.touch(1, '2026-01-02', 'anna');
    await story.deal(1);
    await story.pay(1, '2026-02-01', 1000_00);
    await reach(bench);
    const told = await toldEvents(bench.eventStore);
    expect(rejudge(told)).toEqual({ events: 1, differences: [], pending: [] });
    const forged = told.map((event) =>
      event.type === 'bonus.milestone-reached'
        ? { ...event, data: () => ({ ...(event.data() as object), members: [{ member: 'anna', minor: 200_00 }] }) }
        : event,
    );
    const { differences } = rejudge(forged);
    expect(differences).toHaveLength(1);
    expect(differences[0]?.because).toBe(
      'bonus.milestone-reached: members is [{"member":"anna","minor":20000}] where [{"member":"anna","minor":10000}] is due',
    );
    const without = told.filter(({ type }) => type !== 'lead.touched');
    expect(rejudge(without).differences).toMatchObject([{ because: '1 events were recorded where 0 are due' }]);
    const unjudged = told.filter(({ type }) => type !== 'bonus.milestone-reached');
    expect(rejudge(unjudged).pending).toMatchObject([{ expected: [{ type: 'bonus.milestone-reached' }] }]);
  });

  it('ends, whatever comes in whatever order, killed and told again, in what judging the ledger gives', async () => {
    const day = fc
      .integer({ min: 0, max: 200 })
      .map((n) => new Date(Date.UTC(2026, 0, 5 + n)).toISOString().slice(0, 10));
    const lead = fc.integer({ min: 1, max: 3 });
    const step = fc.oneof(
      {
        weight: 4,
        arbitrary: fc.record({
          kind: fc.constant('pay' as const),
          lead,
          day,
          minor: fc.integer({ min: 1, max: 1200_00 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('refund' as const),
          lead,
          day,
          minor: fc.integer({ min: 1, max: 600_00 }),
        }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('annul' as const), lead, day }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('touch' as const),
          lead,
          day,
          member: fc.constantFrom('anna', 'bert', null),
        }),
      },
      {
        weight: 1,
        arbitrary: fc.record({ kind: fc.constant('owners' as const), owners: fc.subarray(['anna', 'bert', 'cora']) }),
      },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('plan' as const), from: day }) },
      {
        weight: 3,
        arbitrary: fc.record({
          kind: fc.constant('run' as const),
          lanes: fc.constant(2),
          dieAfter: fc.option(fc.nat(6)),
        }),
      },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 25 }), async (steps) => {
        const own = await openWorkbench();
        try {
          const tell = teller(own.eventStore);
          await tell.organisation();
          for (const one of [1, 2, 3]) {
            await tell.touch(one, '2026-01-02', 'anna', 'spring');
            await tell.deal(one);
          }
          const paid: { lead: number; id: string; left: number }[] = [];
          let versions = 0;
          for (const one of steps) {
            if (one.kind === 'pay')
              paid.push({ lead: one.lead, id: await tell.pay(one.lead, one.day, one.minor), left: one.minor });
            const of =
              'lead' in one ? paid.find((payment) => payment.lead === one.lead && payment.left > 0) : undefined;
            if (one.kind === 'refund' && of !== undefined) {
              const minor = Math.min(one.minor, of.left);
              of.left -= minor;
              await tell.refund(one.lead, one.day, of.id, minor);
            }
            if (one.kind === 'annul' && of !== undefined) {
              of.left = 0;
              await tell.annul(one.lead, one.day, of.id);
            }
            if (one.kind === 'touch') await tell.touch(one.lead, one.day, one.member, 'spring');
            if (one.kind === 'owners') await tell.owners('spring', one.owners);
            if (one.kind === 'plan') {
              versions += 1;
              const tiers = TERMS.tiers.map((tier) => ({ ...tier, threshold: eur(700_00 + versions * 100_00) }));
              await tell.plan(versions, { effectiveFrom: one.from, tiers });
            }
            if (one.kind === 'run') await runAndDie(own, one.lanes, one.dieAfter);
          }
          await reach(own, 2);
          const all = await bonusEvents(own.eventStore);
          for (const one of [1, 2, 3])
            expect(balances(await stateOf(own.eventStore, one))).toEqual(await due(own.eventStore, one));
          const whole = await toldEvents(own.eventStore);
          expect(rejudge(whole)).toEqual({ events: all.length, differences: [], pending: [] });
          // Told again from the beginning, to read models that know nothing of it.
          const other = await openWorkbench();
          try {
            await reach({ eventStore: own.eventStore, readStore: other.readStore }, 1);
          } finally {
            await other.remove();
          }
          expect(await bonusEvents(own.eventStore)).toHaveLength(all.length);
        } finally {
          await own.remove();
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);
});

/** The ledger as an export has it. */
async function toldEvents(store: EventStore): Promise<ToldEvent[]> {
  const found: ToldEvent[] = [];
  for await (const page of store.readAll({ after: START }))
    for (const event of page.events)
      found.push({ ...accountEventOf(event), ...knowledgeEventOf(event), leadId: event.leadId });
  return found;
}

/** Runs until so many appends were made, before or after the last of which everything fails. */
async function runAndDie({ eventStore, readStore }: Workbench, lanes: number, dieAfter: number | null): Promise<void> {
  const ending = new AbortController();
  let left = dieAfter ?? Infinity;
  const dying: EventStore = {
    ...eventStore,
    async append(stream, events, options) {
      if (left < 0) throw new Error('killed');
      left -= 1;
      const appended = await eventStore.append(stream, events, options);
      if (left < 0) {
        ending.abort();
        throw new Error('killed after it was written');
      }
      return appended;
    },
  };
  await catchUp({
    eventStore: dying,
    readStore,
    processors: processorsOn(dying),
    lanes,
    tuning: FAST,
    signal: ending.signal,
  });
}
