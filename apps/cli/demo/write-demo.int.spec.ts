import { ownersOn } from '#campaigns/campaign.js';
import { campaignsByName } from '#campaigns/known-campaigns.js';
import { knownSpend } from '#campaigns/known-spend.js';
import type { LeadEvent } from '#leads/events/lead-events.js';
import { streamEvent } from '#event-store/run-decider.js';
import { evolveLead, initialLead } from '#leads/lead.js';
import { createRoster } from '#members/roster.js';
import { handleCreateLead } from '#leads/write/create-lead/create-lead.handler.js';
import { freshUuid } from '#kernel/ids.js';
import { openWorkbench, testIdentity, type Workbench } from '../testing/import-workbench.js';
import { writeDemo } from './write-demo.js';

describe('A demo in a ledger', () => {
  let bench: Workbench;
  beforeAll(async () => {
    bench = await openWorkbench();
    const told: number[] = [];
    const events = await writeDemo(
      { store: bench.store, identity: testIdentity },
      { leads: 150, seed: 1, currency: 'EUR' },
      (leads) => told.push(leads),
    );
    expect(told.at(-1)).toBe(150);
    expect(events).toBe((await bench.events()).length);
  });
  afterAll(() => bench.close());

  it('has a past of its own', async () => {
    expect(await bench.store.firstRecordedAt()).toBe(Date.UTC(2023, 11, 2));
    const half = await bench.store.positionAt(Date.UTC(2025, 0, 1));
    const events = await bench.events();
    expect(
      events.filter(({ position }) => position <= half).every(({ recordedAt }) => recordedAt <= Date.UTC(2025, 0, 1)),
    ).toBe(true);
    expect(events.filter(({ position }) => position > half).length).toBeGreaterThan(100);
  });

  it('knows its people, who moves and who leaves', async () => {
    const roster = createRoster(bench.store);
    expect(await roster.teamAt('noah.berg', Date.UTC(2024, 6, 1))).toBe('marketing');
    expect(await roster.teamAt('noah.berg', Date.UTC(2025, 6, 1))).toBe('sales');
    expect(await roster.teamAt('jonas.weber', Date.UTC(2025, 6, 2))).toBeNull();
  });

  it('stamps every actor with the team that the roster knows', async () => {
    const roster = createRoster(bench.store);
    for (const { actor, recordedAt, type } of await bench.events()) {
      if (actor.team === 'system') continue;
      expect([type, actor.id, await roster.teamAt(actor.id, recordedAt)]).toEqual([type, actor.id, expect.any(String)]);
    }
  });

  it('has claimed the e-mails of its leads', async () => {
    const created = (await bench.events()).find(
      (event) =>
        event.type === 'lead.created' && (event.data() as { person: { email: string | null } }).person.email !== null,
    )!;
    const lead = (await bench.store.readStream(created.stream)).reduce(
      (state, event) => evolveLead(state, streamEvent<LeadEvent>(event)),
      initialLead,
    );
    const input = { ...lead.details, externalIds: [], owner: null, touches: [], onDuplicate: 'refuse' as const };
    const context = {
      commandId: freshUuid(),
      commandDigest: 'x',
      correlationId: 'x',
      causationId: null,
      actor: { id: 'x', team: 'system' as const },
      now: Date.now(),
    };
    await expect(
      handleCreateLead(
        { store: bench.store, roster: createRoster(bench.store), identity: testIdentity },
        { context, input },
      ),
    ).rejects.toThrow(/LEAD\.DUPLICATE/);
  });

  it('has campaigns with owners in marketing, and spend of every month that was recorded after its day', async () => {
    const roster = createRoster(bench.store);
    const campaigns = await campaignsByName(bench.store);
    expect(campaigns.size).toBeGreaterThan(10);
    for (const campaign of campaigns.values()) {
      const [owner = ''] = ownersOn(campaign, '2024-06-01');
      expect(await roster.teamAt(owner, Date.UTC(2024, 5, 1))).toBe('marketing');
    }
    const changes = await knownSpend(bench.store, 'EUR').upTo();
    expect(changes.reduce((sum, { amount }) => sum + amount, 0)).toBeGreaterThan(100_000);
    const events = (await bench.events()).filter(({ type }) => type.startsWith('spend.'));
    expect(events.some(({ type }) => type === 'spend.corrected')).toBe(true);
    for (const { occurredAt, recordedAt } of events) expect(recordedAt).toBeGreaterThan(occurredAt);
  });

  it('goes into an empty ledger only', async () => {
    await expect(
      writeDemo(
        { store: bench.store, identity: testIdentity },
        { leads: 1, seed: 1, currency: 'EUR' },
        () => undefined,
      ),
    ).rejects.toThrow(/DEMO\.LEDGER_NOT_EMPTY/);
  });
});
