import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { EventStore } from '#event-store/event-store.js';
import { runDecider, streamEvent } from '#event-store/run-decider.js';
import { openSqliteEventStore } from '#event-store/sqlite/sqlite-event-store.js';
import type { Actor, DomainEvent, Team } from '#kernel/envelope.js';
import { freshUuid, isUuid, uuidv5, type Uuid } from '#kernel/ids.js';
import { leadStream, type LeadEvent } from '#leads/events/lead-events.js';
import { evolveLead, initialLead, type LeadState } from '#leads/lead.js';
import type { Roster } from '#platform/roster.js';
import { dealStream } from '../events/deal-events.js';
import { eur, LEAD, NOW, on, SALES } from '../testing/deal-life.js';
import { handleAssignDeal } from './assign-deal/assign-deal.handler.js';
import { handleCloseDeal } from './close-deal/close-deal.handler.js';
import type { DealsDeps } from './deals-deps.js';
import { DefineMarginsCommand } from './define-margins/define-margins.command.js';
import { DefineMarginsHandler } from './define-margins/define-margins.handler.js';
import { handleOpenDeal } from './open-deal/open-deal.handler.js';
import type { OpenDealInput } from './open-deal/open-deal.command.js';
import { handleRecordPayment } from './record-payment/record-payment.handler.js';
import { handleRefundPayment } from './refund-payment/refund-payment.handler.js';

let folder: string;
let store: EventStore;
let deps: DealsDeps;

/** Sam moved from marketing to sales on the 5th; "S." is Sam. */
const roster: Roster = {
  resolve: async (handle) => (handle === 'S.' ? 'sam' : handle),
  teamAt: async (handle, at): Promise<Team | null> => (handle !== 'sam' ? null : at < on(5) ? 'marketing' : 'sales'),
  roleAt: async () => null,
};

const context = (actor: Actor = SALES, more: Partial<CommandContext> = {}): CommandContext => ({
  commandId: freshUuid(),
  commandDigest: 'digest',
  correlationId: 'spec',
  causationId: null,
  actor,
  now: NOW,
  ...more,
});
const open = (input: Partial<OpenDealInput> = {}, by = context()): Promise<Outcome> =>
  handleOpenDeal(deps, { context: by, input: { lead: LEAD, ...input } });

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'concord-deals-'));
  store = await openSqliteEventStore({ file: path.join(folder, 'ledger.sqlite') });
  deps = { store, roster, organisation: { timeZone: 'UTC', currency: 'EUR', fiscalYearStart: '01-01' } };
});

afterEach(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

describe('The margin table', () => {
  const FINANCE: Actor = { id: 'fiona', team: 'finance' };
  const define = (effectiveFrom: string, margin: string): Promise<Outcome> =>
    new DefineMarginsHandler(deps).execute(
      new DefineMarginsCommand(context(FINANCE), {
        effectiveFrom,
        margins: [{ product: 'Cloud', margin }],
        otherwise: null,
      }),
    );

  it('gives a payment the cost of its own day in the organisation’s zone, for ever', async () => {
    deps = { ...deps, organisation: { ...deps.organisation, timeZone: 'Europe/Berlin' } };
    await lead(created());
    const dealId = idOf(await open({ product: 'Cloud' }));
    const pay = (paymentId: string, at: string): Promise<Outcome> =>
      handleRecordPayment(deps, {
        context: context(),
        dealId,
        input: { paymentId, amount: eur(100_00), occurredAt: Date.parse(at) },
      });
    await pay('before', '2026-03-08T12:00:00Z');
    await define('2026-03-01', '40');
    await define('2026-03-10', '75');
    await pay('late', '2026-03-09T22:59:59Z');
    // 00:00 on the 10th in Berlin.
    await pay('new', '2026-03-09T23:00:00Z');
    await define('2026-03-01', '10');
    const payments = (await history(dealId)).filter(({ type }) => type === 'deal.payment-received');
    expect(payments.map((event) => event.data())).toMatchObject([
      { paymentId: 'before', cost: null, costBasis: null },
      { paymentId: 'late', cost: eur(60_00), costBasis: 'margin-table' },
      { paymentId: 'new', cost: eur(25_00), costBasis: 'margin-table' },
    ]);
  });
});

describe('Opening a deal under a lead', () => {
  it('refuses a lead that is not there, and leaves nothing', async () => {
    await expect(open()).rejects.toMatchObject({ code: 'LEAD.NOT_FOUND', kind: 'not-found' });
    expect(await store.streamsOfLead(LEAD)).toEqual([]);
  });

  it('stamps lead and pass on every event of the deal', async () => {
    await lead(created());
    const dealId = idOf(await open());
    await handleCloseDeal(deps, { context: context(), dealId, input: { outcome: 'won' } });
    expect((await history(dealId)).map(({ type, leadId, pass }) => ({ type, leadId, pass }))).toEqual([
      { type: 'deal.opened', leadId: LEAD, pass: 1 },
      { type: 'deal.won', leadId: LEAD, pass: 1 },
    ]);
  });

  it('begins a new pass of a recycled lead first', async () => {
    await lead(created(), recycled());
    const by = context();
    const outcome = await open({ occurredAt: on(10) }, by);
    expect(await leadNow()).toMatchObject({ stage: 'lead', pass: 2 });
    const reopening = (await store.readStream(leadStream(LEAD))).at(-1);
    expect(reopening).toMatchObject({
      type: 'lead.reopened',
      commandId: uuidv5(by.commandId, 'reopen'),
      occurredAt: on(10),
      pass: 2,
      causationId: by.commandId,
    });
    expect((await history(idOf(outcome)))[0]).toMatchObject({ pass: 2 });
    expect(outcome.events.map(({ type }) => type)).toEqual(['deal.opened']);
  });

  it('carries the last pass of a customer', async () => {
    await lead(created(), recycled());
    const first = idOf(await open());
    await handleCloseDeal(deps, { context: context(), dealId: first, input: { outcome: 'won' } });
    const second = idOf(await open({ kind: 'expansion' }));
    expect((await history(second))[0]).toMatchObject({ pass: 2 });
    expect(await leadNow()).toMatchObject({ pass: 2, passes: 2 });
  });

  it('leaves the lead alone when it is repeated after the lead was recycled again', async () => {
    await lead(created(), recycled());
    const by = context();
    const first = await open({}, by);
    await lead(recycled(2));
    expect(await open({}, by)).toEqual({ ...first, repeated: true });
    expect(await leadNow()).toMatchObject({ stage: 'recycled', pass: 2 });
  });

  it('heals after a crash between the new pass and the deal', async () => {
    await lead(created(), recycled());
    const by = context();
    const failing: EventStore = {
      ...store,
      append: (stream, ...rest) =>
        stream.startsWith('deal-') ? Promise.reject(new Error('crashed')) : store.append(stream, ...rest),
    };
    await expect(handleOpenDeal({ ...deps, store: failing }, { context: by, input: { lead: LEAD } })).rejects.toThrow(
      'crashed',
    );
    expect(await leadNow()).toMatchObject({ pass: 2 });
    const outcome = await open({}, by);
    expect(await leadNow()).toMatchObject({ stage: 'lead', pass: 2, passes: 2 });
    expect((await history(idOf(outcome)))[0]).toMatchObject({ pass: 2 });
  });

  it('opens one new pass for two deals that are opened at once', async () => {
    await lead(created(), recycled());
    const outcomes = await Promise.all([open(), open()]);
    expect(await leadNow()).toMatchObject({ pass: 2, passes: 2 });
    for (const outcome of outcomes) expect((await history(idOf(outcome)))[0]).toMatchObject({ pass: 2 });
  });

  it('does not reopen the lead for a deal that is refused', async () => {
    await lead(created(), recycled());
    await expect(open({ value: { minor: 1, currency: 'USD' } })).rejects.toMatchObject({ code: 'MONEY.NO_RATE' });
    expect(await leadNow()).toMatchObject({ stage: 'recycled', pass: 1 });
  });

  it('takes a preset id, under which the same deal is opened once', async () => {
    const dealId = uuidv5(LEAD, 'deal');
    const input = { lead: null, dealId, occurredAt: on(3), value: eur(5) };
    const importing = { id: 'import', team: 'system' } as const;
    expect(await open(input, context(importing))).toMatchObject({ id: dealId, revision: 0 });
    expect(await open(input, context(importing))).toMatchObject({ id: dealId, events: [], repeated: false });
  });

  it('ignores If-Match for the new pass of the lead', async () => {
    await lead(created(), recycled());
    const outcome = await open({}, context(SALES, { expectedRevision: -1 }));
    expect(outcome.revision).toBe(0);
  });
});

describe('Every deal command', () => {
  it('judges and stamps the team that the actor was in when it happened', async () => {
    await lead(created());
    await expect(open({ occurredAt: on(4) })).rejects.toMatchObject({ code: 'LEAD.WRONG_TEAM' });
    const dealId = idOf(await open({ occurredAt: on(6) }, context({ id: 'sam', team: 'marketing' })));
    expect((await history(dealId))[0]?.actor).toEqual({ id: 'sam', team: 'sales' });
  });

  it('looks owners up by alias, with the team that they were in', async () => {
    await lead(created());
    const dealId = idOf(await open({ owner: 'S.', occurredAt: on(6) }));
    await handleAssignDeal(deps, { context: context(), dealId, input: { owner: 'S.', team: null, occurredAt: on(4) } });
    await handleAssignDeal(deps, { context: context(), dealId, input: { owner: 'stranger', team: 'sales' } });
    expect((await history(dealId)).map((event) => event.data())).toMatchObject([
      { owner: 'sam', ownerTeam: 'sales' },
      { owner: 'sam', team: 'marketing' },
      { owner: 'stranger', team: 'sales' },
    ]);
  });

  it('derives the ids of payments and refunds from the command', async () => {
    await lead(created());
    const dealId = idOf(await open());
    const paying = context();
    await handleRecordPayment(deps, { context: paying, dealId, input: { amount: eur(100) } });
    const paymentId = uuidv5(paying.commandId, 'payment');
    const refunding = context();
    const refund = { context: refunding, dealId, input: { paymentId, amount: eur(100) } };
    await handleRefundPayment(deps, refund);
    expect((await history(dealId)).at(-1)?.data()).toMatchObject({
      refundId: uuidv5(refunding.commandId, 'refund'),
      paymentId,
      kind: 'refund',
    });
    expect(await handleRefundPayment(deps, refund)).toMatchObject({ repeated: true });
    await expect(handleRefundPayment(deps, { ...refund, context: context() })).rejects.toMatchObject({
      code: 'REFUND.EXCEEDS_PAYMENT',
    });
  });

  it('lets only one of many refunds at once through when there is room for one', async () => {
    const dealId = idOf(await open({ lead: null }));
    await handleRecordPayment(deps, { context: context(), dealId, input: { paymentId: 'p', amount: eur(100) } });
    const refunds = Array.from({ length: 10 }, () =>
      handleRefundPayment(deps, { context: context(), dealId, input: { paymentId: 'p', amount: eur(60) } }),
    );
    const results = await Promise.allSettled(refunds);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('finds no deal that was never opened', async () => {
    await expect(
      handleCloseDeal(deps, { context: context(), dealId: freshUuid(), input: { outcome: 'won' } }),
    ).rejects.toMatchObject({ code: 'DEAL.NOT_FOUND' });
  });
});

const created = (): LeadEvent => ({
  type: 'lead.created',
  occurredAt: on(1),
  leadId: LEAD,
  pass: 1,
  data: {
    person: null,
    company: null,
    externalIds: [],
    channel: null,
    source: null,
    medium: null,
    campaign: null,
    content: null,
    segment: null,
    country: null,
    product: null,
    dimensions: {},
    owner: null,
    ownerTeam: null,
    channelRule: null,
  },
});

const recycled = (pass = 1): LeadEvent => ({
  type: 'lead.recycled',
  occurredAt: on(2),
  leadId: LEAD,
  pass,
  data: { reason: 'bad-timing', note: null, until: null },
});

/** Appends to the lead's stream as it is. */
async function lead(...events: readonly LeadEvent[]): Promise<void> {
  await runDecider<null, DomainEvent>(store, {
    id: LEAD,
    stream: leadStream(LEAD),
    context: context({ id: 'spec', team: 'system' }),
    initialState: null,
    evolve: () => null,
    decide: () => events,
  });
}

async function leadNow(): Promise<LeadState> {
  const events = await store.readStream(leadStream(LEAD));
  return events.reduce((state, event) => evolveLead(state, streamEvent<LeadEvent>(event)), initialLead);
}

const history = (dealId: Uuid) => store.readStream(dealStream(dealId));

function idOf(outcome: Outcome): Uuid {
  if (!isUuid(outcome.id)) throw new Error(`${outcome.id} is not a UUID`);
  return outcome.id;
}
