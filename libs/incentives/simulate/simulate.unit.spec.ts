import type { Uuid } from '#kernel/ids.js';
import { parseDay } from '#kernel/time.js';
import type { AccountEvent } from '../earning/fold-account.js';
import type { KnowledgeEvent } from '../earning/knowledge.js';
import { BookLife, LEAD, TERMS } from '../testing/book-life.js';
import { eur, LeadLife, touchedLead } from '../testing/lead-life.js';
import { asItHappened, simulate } from './simulate.js';

const day = (text: string): number => parseDay(text) ?? 0;

/** Periods in which anything is granted, with the amounts by member. */
function simulated(leads: readonly LeadLife[], terms: Partial<typeof TERMS> = {}, left: readonly string[] = []) {
  const life = new BookLife().joined('anna').joined('bert');
  for (const member of left) life.left(member, '2026-03-01');
  const rules: readonly KnowledgeEvent[] = [];
  const statements = simulate({
    terms: { ...TERMS, ...terms },
    ...{ from: day('2026-01-01'), to: day('2026-12-31'), rules, members: life.events },
    leads: new Map(leads.map((lead, index) => [`${LEAD.slice(0, -1)}${index}` as Uuid, lead.events])),
  });
  return statements.map(({ member, period, lines }) => [
    member,
    period,
    lines.reduce((sum, line) => sum + line.granted, 0),
  ]);
}

describe('A simulation', () => {
  it('pays in the month in which it happened, whenever it became known and whatever the terms call their first day', () => {
    const lead = touchedLead().refunded('2026-04-01', eur(1), 'p1').paid('2026-02-10', eur(1000_00), 'p1');
    expect(simulated([lead], { effectiveFrom: '2027-01-01' })).toEqual([
      ['anna', '2026-02', 100_00],
      ['anna', '2026-04', -100_00],
    ]);
  });

  it('knows neither what was annulled nor who had not accepted', () => {
    const lead = touchedLead().paid('2026-02-10', eur(1000_00), 'p1').paymentAnnulled('2026-03-01', 'p1');
    expect(simulated([lead])).toEqual([]);
    expect(simulated([touchedLead().paid('2026-02-10', eur(1000_00), 'p1').dealAnnulled('2026-03-01')])).toEqual([]);
  });

  it('looks at caps over all leads, in the order in which they crossed, and at who has left', () => {
    const caps = { perPersonAndPeriod: eur(150_00), perPlanAndPeriod: null, carryOver: false };
    const leads = [
      touchedLead().paid('2026-02-20', eur(1000_00), 'p1'),
      touchedLead().paid('2026-02-10', eur(1000_00), 'p1'),
    ];
    expect(simulated(leads, { caps })).toEqual([['anna', '2026-02', 150_00]]);
    const late = [touchedLead().paid('2026-03-20', eur(1000_00), 'p1')];
    expect(simulated(late, {}, ['anna'])).toEqual([['anna', '2026-03', 0]]);
  });
});

describe('What happened, in its order', () => {
  const told = (events: readonly AccountEvent[]) => asItHappened(events).map(({ type }) => type);

  it('opens a deal before it is paid, and pays before it refunds, though the days say otherwise', () => {
    const lead = new LeadLife()
      .deal('2026-03-01')
      .paid('2026-02-01', eur(100), 'p1')
      .refunded('2026-01-15', eur(50), 'p1')
      .touch('2026-01-20');
    expect(told(lead.events)).toEqual([
      'lead.touched',
      'deal.opened',
      'deal.payment-received',
      'deal.payment-refunded',
    ]);
  });

  it('leaves out annulled touches', () => {
    const lead = touchedLead().annulTouch('2026-02-01', 'touch-0');
    expect(told(lead.events)).toEqual(['deal.opened']);
  });
});
