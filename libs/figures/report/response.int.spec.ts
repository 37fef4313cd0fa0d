import type { RecordedEvent, Team } from '#kernel/envelope.js';
import { askFigures } from '../testing/figures-side.js';
import { toldLedger, uuid, type ToldLedger } from '../testing/recorded.js';
import { answerFigures } from './figures.js';

const at = (text: string) => Date.parse(`${text}:00Z`);
const on = (text: string, team: Team = 'marketing') => ({ occurredAt: at(text), actor: { id: 'x', team } });
const eur = (minor: number) => ({ minor, currency: 'EUR' });
const HOUR = 3600;

function ledger(tell: (ledger: ToldLedger) => void): readonly RecordedEvent[] {
  const told = toldLedger({ start: Date.UTC(2026, 0, 20) });
  tell(told);
  return told.events;
}
const ask = (events: readonly RecordedEvent[], query: Record<string, string>) =>
  askFigures(events, (deps) => answerFigures(deps, query));

const call = (touchId: string, outcome: 'attempted' | 'connected') =>
  ({ touchId, team: 'sales', kind: 'call', direction: 'outbound', outcome }) as const;

/** Received on 2 January at 12:00 by its assignment; tried after 2 hours, reached after 24, qualified after 30. */
const answered = (told: ToldLedger, lead: string): void => {
  told.lead(lead, 'lead.created', { channel: 'ads' }, on('2026-01-01T12:00'));
  told.lead(
    lead,
    'lead.touched',
    { touchId: `${lead}m`, team: 'marketing', direction: 'inbound' },
    on('2026-01-01T12:00'),
  );
  told.lead(lead, 'lead.mql-qualified', {}, on('2026-01-02T10:00'));
  told.lead(lead, 'lead.assigned', { owner: 'sam', team: 'sales' }, on('2026-01-02T12:00'));
  told.lead(lead, 'lead.touched', { ...call(`${lead}0`, 'attempted'), automated: true }, on('2026-01-02T12:10'));
  told.lead(lead, 'lead.touched', call(`${lead}2`, 'connected'), on('2026-01-03T12:00'));
  told.lead(lead, 'lead.touched', call(`${lead}1`, 'attempted'), on('2026-01-02T14:00'));
  told.lead(lead, 'lead.sql-qualified', {}, on('2026-01-03T18:00'));
};

describe('Speed to lead', () => {
  it('begins when sales received the lead: the later of MQL and assignment', async () => {
    const events = ledger((told) => answered(told, uuid(1)));
    const { total } = await ask(events, {
      metrics: 'received,speedToLeadAttempt,speedToLeadContact,speedToLeadQualification',
      period: '2026-01-02',
    });
    expect(total).toMatchObject({
      received: 1,
      speedToLeadAttempt: { unit: 'second', count: 1, mean: 2 * HOUR },
      speedToLeadContact: { count: 1, mean: 24 * HOUR },
      speedToLeadQualification: { count: 1, mean: 30 * HOUR },
    });
  });

  it('restates itself when the attempt is annulled, and leaves out what sales found itself', async () => {
    const events = ledger((told) => {
      answered(told, uuid(1));
      told.lead(uuid(1), 'lead.touch-annulled', { touchId: `${uuid(1)}1`, reason: null });
      told.lead(uuid(2), 'lead.created', {}, on('2026-01-05T12:00', 'sales'));
      told.lead(uuid(2), 'lead.touched', call('cold', 'connected'), on('2026-01-05T11:00'));
      told.lead(uuid(2), 'lead.accepted', {}, on('2026-01-05T12:00', 'sales'));
    });
    const { total } = await ask(events, { metrics: 'received,speedToLeadAttempt' });
    expect(total).toMatchObject({ received: 1, speedToLeadAttempt: { count: 1, mean: 24 * HOUR } });
  });

  it('of a pass that skipped MQL begins at what sales did first; assumed dates are no durations', async () => {
    const events = ledger((told) => {
      told.lead(uuid(1), 'lead.created', {}, on('2026-01-01T12:00'));
      told.lead(uuid(1), 'lead.accepted', {}, on('2026-01-03T12:00', 'sales'));
      told.lead(uuid(1), 'lead.touched', call('a', 'attempted'), on('2026-01-03T13:00'));
      told.lead(uuid(2), 'lead.created', {}, on('2026-01-01T12:00'));
      told.lead(uuid(2), 'lead.accepted', { assumed: ['occurredAt'] }, on('2026-01-03T12:00', 'sales'));
      told.lead(uuid(2), 'lead.touched', call('b', 'attempted'), on('2026-01-03T13:00'));
    });
    const { total } = await ask(events, { metrics: 'received,speedToLeadAttempt' });
    expect(total).toMatchObject({ received: 2, speedToLeadAttempt: { count: 1, mean: HOUR } });
  });
});

describe('Time in stage', () => {
  it('counts finished stays by stage, and those that go on with their age as known then', async () => {
    const events = ledger((told) => answered(told, uuid(1)));
    const { rows } = await ask(events, { metrics: 'timeInStage', by: 'stage' });
    const recordedAt = (events.at(-1)?.recordedAt ?? 0) / 1000;
    expect(rows).toMatchObject([
      { stage: 'lead', timeInStage: { count: 1, mean: 22 * HOUR, openCount: 0, openMean: null, openP50: null } },
      { stage: 'mql', timeInStage: { count: 1, mean: 32 * HOUR, openCount: 0 } },
      {
        stage: 'sql',
        timeInStage: { count: 0, mean: null, openCount: 1, openMean: recordedAt - at('2026-01-03T18:00') / 1000 },
      },
    ]);
  });

  it('ends with the exit, and goes on where the exit is taken back', async () => {
    const told = toldLedger({ start: Date.UTC(2026, 0, 20) });
    answered(told, uuid(1));
    const exit = told.lead(uuid(1), 'lead.recycled', { reason: 'no-budget' }, on('2026-01-05T18:00', 'sales'));
    const left = await ask(told.events, { metrics: 'timeInStage', stage: 'sql' });
    expect(left.total).toMatchObject({ timeInStage: { count: 1, mean: 48 * HOUR, openCount: 0 } });
    told.lead(uuid(1), 'lead.reopened', { mode: 'correction', annuls: exit.revision }, on('2026-01-06T18:00', 'sales'));
    const back = await ask(told.events, { metrics: 'timeInStage', stage: 'sql' });
    expect(back.total).toMatchObject({ timeInStage: { count: 0, openCount: 1 } });
  });
});

describe('Effort before an exit', () => {
  it('counts attempts and days from the receipt, and rejections without any attempt', async () => {
    const events = ledger((told) => {
      answered(told, uuid(1));
      told.lead(uuid(1), 'lead.rejected', { reason: 'not-a-fit' }, on('2026-01-06T09:00', 'sales'));
      told.lead(uuid(2), 'lead.created', {}, on('2026-01-01T12:00'));
      told.lead(uuid(2), 'lead.assigned', { owner: 'sam', team: 'sales' }, on('2026-01-01T12:00'));
      told.lead(uuid(2), 'lead.mql-qualified', {}, on('2026-01-02T10:00'));
      told.lead(uuid(2), 'lead.rejected', { reason: 'not-a-fit' }, on('2026-01-03T09:00', 'sales'));
    });
    const { rows, total } = await ask(events, {
      metrics: 'attemptsBeforeExit,daysToExit,rejectedWithoutAttempt',
      by: 'exit',
    });
    expect(total).toEqual({
      attemptsBeforeExit: { unit: 'attempt', count: 2, mean: 1, p50: 0, p90: 2, p95: 2 },
      daysToExit: { unit: 'day', count: 2, mean: 2.5, p50: 1, p90: 4, p95: 4 },
      rejectedWithoutAttempt: 1,
    });
    expect(rows.map(({ exit }) => exit)).toEqual(['rejected']);
  });
});

describe('Who sourced it', () => {
  const sold = (told: ToldLedger, lead: string, deal: string): void => {
    told.deal(deal, lead, 'deal.opened', {}, on('2026-01-10T12:00', 'sales'));
    told.deal(deal, lead, 'deal.won', { value: eur(1000) }, on('2026-01-12T12:00', 'sales'));
    told.deal(deal, lead, 'deal.payment-received', { paymentId: deal, amount: eur(900) }, on('2026-01-13T12:00'));
  };
  const marketing = (touchId: string) => ({ touchId, team: 'marketing', kind: 'email' }) as const;

  it('is told by three definitions side by side on the same deals, and influence beside them', async () => {
    const events = ledger((told) => {
      // First touched by marketing, created by sales.
      told.lead(uuid(1), 'lead.created', {}, on('2026-01-02T12:00', 'sales'));
      told.lead(uuid(1), 'lead.touched', marketing('a'), on('2026-01-01T12:00'));
      told.lead(uuid(1), 'lead.touched', call('b', 'connected'), on('2026-01-03T12:00'));
      sold(told, uuid(1), uuid(11));
      // First touched by sales, created by a form with a channel, touched by marketing only after the deal was opened.
      told.lead(uuid(2), 'lead.created', { channel: 'ads' }, on('2026-01-02T12:00', 'system'));
      told.lead(uuid(2), 'lead.touched', call('c', 'connected'), on('2026-01-01T12:00'));
      told.lead(uuid(2), 'lead.touched', marketing('d'), on('2026-01-11T12:00'));
      sold(told, uuid(2), uuid(12));
      // Nobody knows.
      sold(told, uuid(3), uuid(13));
    });
    const { total, metrics } = await ask(events, { metrics: 'won,marketingSourced,marketingInfluenced,sourcedWon' });
    expect(metrics.map(({ id, version }) => `${id} v${version}`).slice(0, 5)).toEqual([
      'won v1',
      'marketingSourced@1 v1',
      'marketingSourced@2 v2',
      'marketingSourced@3 v3',
      'marketingInfluenced v1',
    ]);
    expect(total).toMatchObject({
      won: 3,
      'marketingSourced@1': { value: 1 / 3, numerator: 1, denominator: 3 },
      'marketingSourced@2': { value: 1 / 3 },
      'marketingSourced@3': { value: 1 / 3 },
      marketingInfluenced: { numerator: 1, denominator: 3 },
      'sourcedWon@1': 3,
      'sourcedWon@3': 3,
    });
    const by = await ask(events, { metrics: 'sourcedWon@2', by: 'sourcedBy' });
    expect(by.rows).toEqual([
      { sourcedBy: null, 'sourcedWon@2': 1 },
      { sourcedBy: 'marketing', 'sourcedWon@2': 1 },
      { sourcedBy: 'sales', 'sourcedWon@2': 1 },
    ]);
    const money = await ask(events, {
      metrics: 'marketingSourcedBookings,marketingSourcedRevenue@1,marketingInfluencedRevenue',
    });
    expect(money.total).toEqual({
      'marketingSourcedBookings@1': '10.00',
      'marketingSourcedBookings@2': '10.00',
      'marketingSourcedBookings@3': '10.00',
      'marketingSourcedRevenue@1': '9.00',
      marketingInfluencedRevenue: '9.00',
    });
  });

  it('is restated when a touch is told late or annulled, on leads with many touches too', async () => {
    const events = (annul: boolean) =>
      ledger((told) => {
        told.lead(uuid(1), 'lead.created', {}, on('2026-01-02T12:00'));
        told.lead(uuid(1), 'lead.touched', marketing('first'), on('2026-01-01T12:00'));
        for (let n = 0; n < 200; n++)
          told.lead(uuid(1), 'lead.touched', call(`s${n}`, 'attempted'), on('2026-01-03T12:00'));
        told.lead(uuid(1), 'lead.touched', marketing('last'), on('2026-01-04T12:00'));
        sold(told, uuid(1), uuid(11));
        if (annul) told.lead(uuid(1), 'lead.touch-annulled', { touchId: 'first', reason: null });
      });
    const metrics = 'marketingSourced@1,marketingSourced@3,marketingInfluenced';
    expect((await ask(events(false), { metrics })).total).toMatchObject({
      'marketingSourced@1': { numerator: 1 },
      'marketingSourced@3': { numerator: 1 },
      marketingInfluenced: { numerator: 1 },
    });
    expect((await ask(events(true), { metrics })).total).toMatchObject({
      'marketingSourced@1': { numerator: 0 },
      'marketingSourced@3': { numerator: 0 },
      marketingInfluenced: { numerator: 1 },
    });
  });
});
