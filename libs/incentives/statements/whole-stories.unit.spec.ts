import type { PlanTerms } from '../plan/terms.js';
import { eur } from '../testing/book-life.js';
import { WholeStory } from '../testing/whole-story.js';

const money = (minor: number, currency: string) => ({ minor, currency });
const rate = (value: string) => ({ to: 'EUR', value, source: null, on: null });
const tier = (reward: PlanTerms['tiers'][number]['reward'], threshold = 1000_00): Pick<PlanTerms, 'tiers'> => ({
  tiers: [{ id: 'first', threshold: eur(threshold), reward, replace: false }],
});
const share = (percent: string) => tier({ kind: 'share', percent });

/** Everything that a story pays: member, period, opening, then kind and granted of each line. */
const told = (story: WholeStory): unknown[] =>
  story
    .statements()
    .map(({ member, period, opening, lines, payable }) => [
      member,
      period,
      ...(opening === 0 ? [] : [`opening ${opening}`]),
      ...lines.map(({ kind, granted }) => `${kind} ${granted}`),
      payable,
    ]);

/** The plan pays 100.00 EUR once a lead has brought in 1,000.00 EUR. */
describe('From payments to statements', () => {
  it('half a reward each, an odd cent to the earlier handle, and nothing of a tiny amount to some', () => {
    const two = new WholeStory().then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .touch('2026-01-03', { member: 'max' })
        .deal('2026-01-10')
        .paid('2026-03-10', eur(1000_00), 'p1'),
    );
    expect(told(two)).toEqual([
      ['max', '2026-03', 'milestone 5000', 5_000],
      ['mia', '2026-03', 'milestone 5000', 5_000],
    ]);
    const three = new WholeStory(tier({ kind: 'fixed', amount: eur(1_00) })).then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .touch('2026-01-03', { member: 'max' })
        .touch('2026-01-04', { member: 'moe' })
        .deal('2026-01-10')
        .paid('2026-03-10', eur(1000_00), 'p1'),
    );
    expect(told(three)).toEqual([
      ['max', '2026-03', 'milestone 34', 34],
      ['mia', '2026-03', 'milestone 33', 33],
      ['moe', '2026-03', 'milestone 33', 33],
    ]);
    const tiny = new WholeStory(tier({ kind: 'fixed', amount: eur(1) })).then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .touch('2026-01-03', { member: 'max' })
        .deal('2026-01-10')
        .paid('2026-03-10', eur(1000_00), 'p1'),
    );
    expect(told(tiny)).toEqual([['max', '2026-03', 'milestone 1', 1]]);
  });

  it('three currencies, each payment at the rate recorded with it', () => {
    // 540.00 + 315.00 + 200.00 = 1,055.00 EUR, of which 10 % are 105.50 EUR.
    const story = new WholeStory(share('10')).then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .deal('2026-01-10')
        .paid('2026-02-01', money(600_00, 'USD'), 'p1', 'one', { rate: rate('0.90') })
        .paid('2026-02-20', money(300_00, 'CHF'), 'p2', 'one', { rate: rate('1.05') })
        .paid('2026-03-10', eur(200_00), 'p3'),
    );
    expect(told(story)).toEqual([['mia', '2026-03', 'milestone 10550', 10_550]]);
    expect(story.statement('mia', '2026-03').currency).toBe('EUR');
  });

  it('two refunds of one payment: the second one takes the reward back', () => {
    const story = new WholeStory().then((lead) =>
      lead.touch('2026-01-02', { member: 'mia' }).deal('2026-01-10').paid('2026-02-01', eur(1500_00), 'p1'),
    );
    story.said((life) => life.approved('mia', '2026-02'));
    story.then((lead) => lead.refunded('2026-03-05', eur(300_00), 'p1'));
    expect(told(story)).toEqual([['mia', '2026-02', 'milestone 10000', 10_000]]);
    story.then((lead) => lead.refunded('2026-04-05', eur(300_00), 'p1'));
    expect(told(story)).toEqual([
      ['mia', '2026-02', 'milestone 10000', 10_000],
      ['mia', '2026-04', 'reversal -10000', 0],
    ]);
  });

  it('a share follows two refunds of one payment to the cent', () => {
    // 10 % of 1,500.00; of 1,166.67; of 833.34.
    const story = new WholeStory(share('10')).then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .deal('2026-01-10')
        .paid('2026-02-01', eur(1500_00), 'p1')
        .refunded('2026-03-05', eur(333_33), 'p1')
        .refunded('2026-03-06', eur(333_33), 'p1'),
    );
    const march = story.statement('mia', '2026-03');
    expect(told(story)).toEqual([
      ['mia', '2026-02', 'milestone 15000', 15_000],
      ['mia', '2026-03', ...march.lines.map(({ granted }) => `adjustment ${granted}`), 0],
    ]);
    expect(march.total).toBe(8_333 - 15_000);
  });

  it('a payment that comes to be known late moves the crossing before the plan’s change', () => {
    const second = tier({ kind: 'fixed', amount: eur(200_00) });
    const story = new WholeStory().said((life) => {
      life.plan({ ...second, effectiveFrom: '2026-03-01' }, 2);
      life.accepted('mia', '2026-03-01', 2);
    });
    story.then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .deal('2026-01-10')
        .paid('2026-01-10', eur(600_00), 'p1')
        .paid('2026-03-10', eur(600_00), 'p2'),
    );
    expect(told(story)).toEqual([['mia', '2026-03', 'milestone 20000', 20_000]]);
    expect(story.statement('mia', '2026-03').lines[0]).toMatchObject({ planVersion: 2, planHash: 'hash-2' });
    // With it the lead had its 1,000 in February already, when version 1 paid 100.
    story.then((lead) => lead.paid('2026-02-10', eur(500_00), 'p3'));
    expect(told(story)).toEqual([['mia', '2026-03', 'adjustment -10000', 'milestone 20000', 10_000]]);
  });

  it('a crossing again after it was taken back pays again', () => {
    const story = new WholeStory().then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .deal('2026-01-10')
        .paid('2026-01-15', eur(1000_00), 'p1')
        .refunded('2026-02-05', eur(1_00), 'p1')
        .paid('2026-03-05', eur(1_00), 'p2'),
    );
    expect(told(story)).toEqual([
      ['mia', '2026-01', 'milestone 10000', 10_000],
      ['mia', '2026-02', 'reversal -10000', 0],
      ['mia', '2026-03', 'opening -10000', 'milestone 10000', 0],
    ]);
    expect(story.statement('mia', '2026-03').lines[0]?.crossing).toBe(2);
  });

  it('several deals of one lead count together', () => {
    const story = new WholeStory().then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .deal('2026-01-10')
        .deal('2026-02-10', 'two')
        .deal('2026-02-11', 'three', 'renewal')
        .paid('2026-01-15', eur(600_00), 'p1')
        .paid('2026-02-15', eur(600_00), 'p2', 'three')
        .paid('2026-03-15', eur(600_00), 'p3', 'two'),
    );
    expect(told(story)).toEqual([['mia', '2026-03', 'milestone 10000', 10_000]]);
  });

  it('no touch of marketing before the deal, no statement', () => {
    const story = new WholeStory().then((lead) =>
      lead
        .touch('2026-01-02', { member: 'sam', team: 'sales' })
        .deal('2026-01-10')
        .touch('2026-01-12', { member: 'mia' })
        .paid('2026-01-15', eur(2000_00), 'p1'),
    );
    expect(told(story)).toEqual([]);
  });

  it('automated touches of a campaign go to its owners on their day', () => {
    const story = new WholeStory()
      .owners('spring', ['mia', 'max'], '2026-01-01')
      .owners('spring', ['moe'], '2026-02-01')
      .then((lead) =>
        lead
          .touch('2026-01-20', { campaign: 'spring', automated: true })
          .touch('2026-02-02', { campaign: 'spring', automated: true })
          .deal('2026-02-10')
          .paid('2026-03-10', eur(1000_00), 'p1'),
      );
    expect(told(story)).toEqual([
      ['max', '2026-03', 'milestone 2500', 2_500],
      ['mia', '2026-03', 'milestone 2500', 2_500],
      ['moe', '2026-03', 'milestone 5000', 5_000],
    ]);
  });

  it('a refund that comes to be known after the period is closed lands in the next, and the debt goes on', () => {
    const story = new WholeStory()
      .then((lead) =>
        lead.touch('2026-01-02', { member: 'mia' }).deal('2026-01-10').paid('2026-02-01', eur(1000_00), 'p1'),
      )
      .said((life) => life.approved('mia', '2026-02').paid('mia', '2026-02').closed('2026-02'));
    const before = story.statement('mia', '2026-02');
    story.then((lead) => lead.refunded('2026-02-20', eur(500_00), 'p1'));
    expect(story.statement('mia', '2026-02')).toEqual(before);
    expect(told(story)).toEqual([
      ['mia', '2026-02', 'milestone 10000', 10_000],
      ['mia', '2026-03', 'reversal -10000', 0],
    ]);
    expect(story.statement('mia', '2026-04')).toMatchObject({ opening: -10_000, lines: [], payable: 0 });
  });

  it('a touch that was recorded after the approval changes no split', () => {
    const story = new WholeStory()
      .then((lead) =>
        lead.touch('2026-01-02', { member: 'mia' }).deal('2026-01-10').paid('2026-02-01', eur(1000_00), 'p1'),
      )
      .said((life) => life.approved('mia', '2026-02'))
      .then((lead) => lead.touch('2026-01-03', { member: 'max' }));
    expect(told(story)).toEqual([['mia', '2026-02', 'milestone 10000', 10_000]]);
    const inTime = new WholeStory().then((lead) =>
      lead
        .touch('2026-01-02', { member: 'mia' })
        .deal('2026-01-10')
        .paid('2026-02-01', eur(1000_00), 'p1')
        .touch('2026-01-03', { member: 'max' }),
    );
    // Not before the crossing, although the touch is of January.
    expect(told(inTime)).toEqual([
      ['max', '2026-02', 'adjustment 5000', 5_000],
      ['mia', '2026-02', 'adjustment -5000', 'milestone 10000', 5_000],
    ]);
  });
});
