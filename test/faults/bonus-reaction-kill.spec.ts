import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openLedger, type Ledger } from '#apps/composition/ledger.js';
import { BONUS_EVENT_TYPES } from '#incentives/events/bonus-events.js';
import { ACCOUNTS_PROCESSOR } from '#incentives/earning/account-view.js';
import { BONUS_SWEEPS } from '#incentives/earning/bonus-sweeps.js';
import { knowledgeEventOf } from '#incentives/earning/follow-knowledge.js';
import { accountEventOf } from '#incentives/earning/read-account.js';
import { rejudge, type ToldEvent } from '#incentives/earning/rejudge.js';
import { START, type Position } from '#kernel/position.js';
import { readConfig } from '#platform/config/config.js';
import { waitFor } from '#subscriptions/progress.js';
import { start, type Running } from '../acceptance/support/process.js';
import { payingLeads } from '../load/support/payments-ledger.js';

const ROUNDS = 4;
const LEADS_A_ROUND = 120;
const PATIENCE_MS = 60_000;

describe('projectors that judge bonuses, killed with -9', () => {
  let folder: string;
  let ledger: Ledger;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'concord-bonus-kill-'));
    ledger = await openLedger(readConfig({ CONCORD_DATA: folder }));
  });
  afterEach(async () => {
    await ledger.close();
    await rm(folder, { recursive: true });
  });

  it('leave every milestone standing once, as if nobody had died', async () => {
    const { eventStore, readStore, organisation } = ledger;
    const story = payingLeads(eventStore, organisation.currency);
    await story.plan();
    let deaths = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const before = await eventStore.head();
      await story.leads(round * LEADS_A_ROUND, (round + 1) * LEADS_A_ROUND);
      // Two share the work: what one leaves half done, the other or the next ones find.
      const projectors = [startProjector(folder), startProjector(folder)];
      await bonusAfter(ledger, before);
      await sleep(Math.random() * 40);
      for (const projector of projectors) if (await killed(projector)) deaths += 1;
    }
    expect(deaths).toBe(2 * ROUNDS);
    const last = startProjector(folder);
    const head = await eventStore.head();
    await waitFor(readStore, eventStore, [ACCOUNTS_PROCESSOR, BONUS_SWEEPS], head, PATIENCE_MS);
    await killed(last);

    const told = await toldEvents(ledger);
    const { events, differences, pending } = rejudge(told);
    expect({ differences, pending }).toEqual({ differences: [], pending: [] });
    expect(events).toBeGreaterThan(ROUNDS * LEADS_A_ROUND * 0.5);
    const reached = told.filter(({ type }) => type === 'bonus.milestone-reached').map((event) => crossingOf(event));
    expect(new Set(reached).size).toBe(reached.length);
  }, 240_000);
});

const startProjector = (folder: string): Running =>
  start(['projector', '--data', folder], { CONCORD_PORT: '0', CONCORD_LOG_LEVEL: 'warn' });

/** Whether it was alive until then. */
async function killed({ child, done }: Running): Promise<boolean> {
  const alive = child.exitCode === null && child.signalCode === null;
  child.kill('SIGKILL');
  await done;
  return alive;
}

/** Waits until somebody has recorded a bonus event behind the position. */
async function bonusAfter({ eventStore }: Ledger, position: Position): Promise<void> {
  const until = Date.now() + PATIENCE_MS;
  while (Date.now() < until) {
    for await (const { events } of eventStore.readAll({ after: position, types: BONUS_EVENT_TYPES }))
      if (events.length > 0) return;
    await sleep(10);
  }
  throw new Error('no bonus event came');
}

function crossingOf(event: ToldEvent): string {
  const { leadId, tier, crossing } = event.data() as { leadId: string; tier: string; crossing: number }; // the type says so
  return `${leadId} ${tier} ${crossing}`;
}

async function toldEvents({ eventStore }: Ledger): Promise<ToldEvent[]> {
  const told: ToldEvent[] = [];
  for await (const { events } of eventStore.readAll({ after: START }))
    for (const event of events)
      told.push({ ...accountEventOf(event), ...knowledgeEventOf(event), leadId: event.leadId });
  return told;
}
