import { BUILT_IN } from '#attribution/credit/model-version.js';
import { parseDay } from '#kernel/time.js';
import { eur, JUDGING, LeadLife, touchedLead, version } from '../testing/lead-life.js';
import { prospectsOf } from './next-milestones.js';

const on = (text: string): number => parseDay(text) ?? 0;
const of = (lead: LeadLife, today = '2026-03-01', versions = [version()]) =>
  prospectsOf(versions, lead.account(), JUDGING, on(today));

describe('What a lead is about to earn', () => {
  it('is what is missing to the threshold', () => {
    const { ahead, atRisk } = of(
      touchedLead().paid('2026-02-01', eur(700_00), 'p1').refunded('2026-02-02', eur(100_00), 'p1'),
    );
    expect(ahead).toMatchObject([{ running: 600_00, missing: 400_00, obstacle: null, withoutCost: 0 }]);
    expect(atRisk).toEqual([]);
  });

  it('names what is in the way', () => {
    const untouched = new LeadLife().deal('2026-01-10').paid('2026-02-01', eur(1500_00), 'p1');
    expect(of(untouched).ahead).toMatchObject([{ missing: 0, obstacle: 'no-marketing-touch' }]);
    const sent = new LeadLife().touch('2026-01-02', { team: 'system' }).deal('2026-01-10');
    sent.paid('2026-02-01', eur(700_00), 'p1');
    expect(of(sent).ahead).toMatchObject([{ obstacle: null }]);
    const [linear] = BUILT_IN.filter(({ id }) => id === 'linear');
    const own =
      linear === undefined ? null : { ...linear, options: { ...linear.options, teams: ['marketing'] as const } };
    const judging = { ...JUDGING, model: () => own };
    expect(prospectsOf([version()], sent.account(), judging, on('2026-03-01')).ahead).toMatchObject([
      { obstacle: 'no-marketing-touch' },
    ]);
    const late = touchedLead().paid('2026-01-15', eur(700_00), 'p1');
    expect(of(late, '2026-03-01', [version({ withinMonths: 1 })]).ahead).toMatchObject([{ obstacle: 'too-late' }]);
    const above = touchedLead().paid('2026-01-15', eur(1500_00), 'p1');
    const begins = [version({ effectiveFrom: '2026-02-01' })];
    expect(of(above, '2026-03-01', begins).ahead).toMatchObject([{ missing: 0, obstacle: 'above-at-the-start' }]);
    const unknown = touchedLead().paid('2026-02-01', eur(900_00), 'p1', 'one', { cost: null });
    expect(of(unknown).ahead).toMatchObject([{ running: 0, withoutCost: 900_00 }]);
  });

  it('is nothing where no version holds', () => {
    const lead = touchedLead().paid('2026-02-01', eur(700_00), 'p1');
    expect(of(lead, '2025-12-31').ahead).toEqual([]);
  });
});

describe('What a lead may still lose', () => {
  const crossed = (): LeadLife => touchedLead().paid('2026-02-01', eur(1200_00), 'p1');

  it('is the reward, until the window ends; a fixed one has a cushion', () => {
    expect(of(crossed()).atRisk).toMatchObject([{ reward: 100_00, until: on('2027-02-01'), cushion: 200_00 }]);
    expect(of(crossed(), '2027-02-01').atRisk).toHaveLength(1);
    expect(of(crossed(), '2027-02-02').atRisk).toEqual([]);
    expect(of(crossed()).ahead).toEqual([]);
  });
});
