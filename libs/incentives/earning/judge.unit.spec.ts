import fc from 'fast-check';
import { USUAL_OPTIONS, type ModelVersion } from '#attribution/credit/model-version.js';
import type { Money } from '#kernel/money.js';
import type { PlanTerms, Reward, Tier } from '../plan/terms.js';
import type { Judging } from './judge.js';
import { eur, LeadLife, told, touchedLead, version, JUDGING } from '../testing/lead-life.js';

const tier = (id: string, threshold: number, reward: Reward, replace = false): Tier => ({
  id,
  threshold: eur(threshold),
  reward,
  replace,
});
const fixed = (minor: number): Reward => ({ kind: 'fixed', amount: eur(minor) });
const tiers = (...all: Tier[]): Partial<PlanTerms> => ({ tiers: all });
const in_ = (currency: string, minor: number): Money => ({ minor, currency });

describe('A milestone is reached', () => {
  it('by the payment that brings the running profit to the threshold, not before', () => {
    const lead = touchedLead().paid('2026-02-01', eur(999_99), 'p1');
    expect(lead.judged()).toEqual([]);
    lead.paid('2026-02-10', eur(1), 'p2').paid('2026-02-20', eur(500_00), 'p3');
    expect(told(lead.judged())).toEqual([
      {
        ...{ tier: 'first', crossing: 1, on: '2026-02-10', version: 1, reward: 100_00 },
        ...{ members: { anna: 100_00 }, lapsed: 0, reversedOn: null },
      },
    ]);
    expect(lead.judged()[0]).toMatchObject({
      runningAtCrossing: 1000_00,
      counted: ['payment-received-3', 'payment-received-4'],
    });
  });

  it('over several deals of one lead together, new ones only', () => {
    const lead = touchedLead()
      .deal('2026-01-20', 'two')
      .deal('2026-01-20', 'three', 'renewal')
      .paid('2026-02-01', eur(600_00), 'p1')
      .paid('2026-02-02', eur(600_00), 'p2', 'three');
    expect(lead.judged()).toEqual([]);
    lead.paid('2026-02-03', eur(400_00), 'p3', 'two');
    expect(told(lead.judged())).toMatchObject([{ on: '2026-02-03' }]);
  });

  it('by profit in the organisation’s currency: three currencies with the rates recorded with them', () => {
    const usd = { to: 'EUR', value: '0.9', source: 'ecb', on: '2026-02-01' };
    const jpy = { to: 'EUR', value: '0.006', source: 'ecb', on: '2026-02-02' };
    const lead = touchedLead()
      // 500.00 USD - 100.00 USD of cost = 360.00 EUR; 100,000 JPY = 600.00 EUR
      .paid('2026-02-01', in_('USD', 500_00), 'p1', 'one', { rate: usd, cost: in_('USD', 100_00) })
      .paid('2026-02-02', in_('JPY', 100_000), 'p2', 'one', { rate: jpy, cost: in_('JPY', 0) })
      .paid('2026-02-03', eur(40_00), 'p3');
    expect(lead.judged()).toMatchObject([{ runningAtCrossing: 1000_00, threshold: 1000_00 }]);
  });

  it('never by a payment whose cost nobody knows, unless revenue counts', () => {
    const lead = touchedLead().paid('2026-02-01', eur(2000_00), 'p1', 'one', { cost: null });
    expect(lead.judged()).toEqual([]);
    expect(lead.judged([version({ basis: 'revenue' })])).toHaveLength(1);
  });

  it('only within so many months of the first payment, where the plan says so', () => {
    const lead = touchedLead().paid('2026-01-31', eur(10_00), 'p1').paid('2026-03-01', eur(990_00), 'p2');
    expect(lead.judged([version({ withinMonths: 1 })])).toEqual([]);
    const inTime = touchedLead().paid('2026-01-31', eur(10_00), 'p1').paid('2026-02-28', eur(990_00), 'p2');
    expect(inTime.judged([version({ withinMonths: 1 })])).toHaveLength(1);
  });

  it('by nobody’s merit where marketing did not touch the lead before its deal was opened', () => {
    const late = new LeadLife().deal('2026-01-10').touch('2026-01-11', { member: 'anna' });
    expect(late.paid('2026-02-01', eur(1000_00), 'p1').judged()).toEqual([]);
    const sales = new LeadLife().touch('2026-01-02', { member: 'saul', team: 'sales' }).deal('2026-01-10');
    expect(sales.paid('2026-02-01', eur(1000_00), 'p1').judged()).toEqual([]);
    const annulled = touchedLead().annulTouch('2026-01-12', 'touch-0').paid('2026-02-01', eur(1000_00), 'p1');
    expect(annulled.judged()).toEqual([]);
  });

  it('several tiers at once, each paying its own; with replace only the difference', () => {
    const lead = touchedLead().paid('2026-02-01', eur(5000_00), 'p1');
    const first = tier('first', 1000_00, fixed(100_00));
    const own = lead.judged([version(tiers(first, tier('second', 5000_00, fixed(250_00))))]);
    expect(told(own)).toMatchObject([
      { tier: 'first', reward: 100_00 },
      { tier: 'second', reward: 250_00 },
    ]);
    const replaced = lead.judged([version(tiers(first, tier('second', 5000_00, fixed(250_00), true)))]);
    expect(told(replaced)).toMatchObject([
      { tier: 'first', reward: 100_00 },
      { tier: 'second', reward: 150_00 },
    ]);
  });

  it('with replace the difference to what lower tiers pay as a share, too', () => {
    const share: Reward = { kind: 'share', percent: '2.5' };
    const plan = version(tiers(tier('first', 1000_00, share), tier('second', 5000_00, fixed(250_00), true)));
    const lead = touchedLead().paid('2026-02-01', eur(1200_00), 'p1').paid('2026-03-01', eur(4000_00), 'p2');
    // 2.5 % of 1,200.00 are 30.00
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 30_00 }, { tier: 'second', reward: 220_00 }]);
    // 2.5 % of 1,000.00; 5,000.00 are left, so that both still stand
    lead.refunded('2026-04-01', eur(200_00), 'p1');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 25_00 }, { tier: 'second', reward: 225_00 }]);
  });
});

describe('Which version applies', () => {
  const old = version({ effectiveFrom: '2026-01-01' }, 1);
  const higher = version({ effectiveFrom: '2026-02-15', ...tiers(tier('first', 2000_00, fixed(300_00))) }, 2);
  const lower = version({ effectiveFrom: '2026-02-15', ...tiers(tier('first', 500_00, fixed(300_00))) }, 2);

  it('is the one of the day of the crossing, also in mid-period', () => {
    const lead = touchedLead().paid('2026-02-14', eur(1000_00), 'p1');
    expect(told(lead.judged([old, higher]))).toMatchObject([{ version: 1, reward: 100_00 }]);
    const after = touchedLead().paid('2026-02-16', eur(2000_00), 'p1');
    expect(told(after.judged([old, higher]))).toMatchObject([{ version: 2, reward: 300_00 }]);
  });

  it('changes when a late payment moves the crossing before the plan’s change', () => {
    const lead = touchedLead().paid('2026-02-16', eur(2000_00), 'p1');
    lead.paid('2026-02-10', eur(1000_00), 'p0');
    expect(told(lead.judged([old, higher]))).toMatchObject([{ version: 1, on: '2026-02-10', reward: 100_00 }]);
  });

  it('makes no windfall: whoever stands above a lower threshold on its first day never earns it', () => {
    const lead = touchedLead().paid('2026-02-01', eur(800_00), 'p1').paid('2026-02-20', eur(50_00), 'p2');
    expect(lead.judged([old, lower])).toEqual([]);
    lead.refunded('2026-02-21', eur(700_00), 'p1').paid('2026-02-22', eur(900_00), 'p3');
    expect(lead.judged([old, lower])).toEqual([]);
    const below = touchedLead().paid('2026-02-01', eur(400_00), 'p1').paid('2026-02-20', eur(150_00), 'p2');
    expect(told(below.judged([old, lower]))).toMatchObject([{ version: 2, on: '2026-02-20' }]);
  });

  it('none before the first day and none after the last', () => {
    const bounded = version({ effectiveFrom: '2026-02-01', effectiveTo: '2026-02-28' });
    const before = touchedLead().paid('2026-01-31', eur(1000_00), 'p1').paid('2026-02-02', eur(10_00), 'p2');
    expect(before.judged([bounded])).toEqual([]);
    const after = touchedLead().paid('2026-03-01', eur(1000_00), 'p1');
    expect(after.judged([bounded])).toEqual([]);
  });

  it('counts from the plan’s first day where the terms say so', () => {
    const fromStart = version({ effectiveFrom: '2026-02-01', countsFrom: 'effectiveDate' });
    const lead = touchedLead().paid('2026-01-31', eur(5000_00), 'p1').paid('2026-02-02', eur(999_00), 'p2');
    expect(lead.judged([fromStart])).toEqual([]);
    lead.refunded('2026-02-03', eur(5000_00), 'p1').paid('2026-02-04', eur(1_00), 'p3');
    expect(told(lead.judged([fromStart]))).toMatchObject([{ on: '2026-02-04' }]);
  });
});

describe('Refunds', () => {
  const crossed = (): LeadLife => touchedLead().paid('2026-02-01', eur(1200_00), 'p1');

  it('take a fixed reward back only below the threshold', () => {
    expect(told(crossed().refunded('2026-03-01', eur(200_00), 'p1').judged())).toMatchObject([
      { reward: 100_00, reversedOn: null },
    ]);
    const below = crossed().refunded('2026-03-01', eur(200_00), 'p1').refunded('2026-03-02', eur(1), 'p1');
    expect(told(below.judged())).toMatchObject([{ reward: 0, members: {}, reversedOn: '2026-03-02' }]);
  });

  it('after the clawback window take nothing', () => {
    const late = crossed().refunded('2027-02-02', eur(1200_00), 'p1');
    expect(told(late.judged())).toMatchObject([{ reward: 100_00, reversedOn: null }]);
    const lastDay = crossed().refunded('2027-02-01', eur(1200_00), 'p1');
    expect(told(lastDay.judged())).toMatchObject([{ reward: 0, reversedOn: '2027-02-01' }]);
  });

  it('let a tier be earned again by a new crossing', () => {
    const again = crossed().refunded('2026-03-01', eur(1200_00), 'p1').paid('2026-04-01', eur(1000_00), 'p2');
    expect(told(again.judged())).toMatchObject([
      { crossing: 1, reward: 0, reversedOn: '2026-03-01' },
      { crossing: 2, reward: 100_00, on: '2026-04-01', reversedOn: null },
    ]);
  });

  it('lower a share in proportion, and leave it where they are of later payments', () => {
    const plan = version(tiers(tier('first', 1000_00, { kind: 'share', percent: '2.5' })));
    const lead = crossed();
    // 2.5 % of 1,200.00
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 30_00 }]);
    lead.paid('2026-02-20', eur(400_00), 'p2');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 30_00 }]);
    // 2.5 % of 900.00, below the threshold but a share
    lead.refunded('2026-03-01', eur(300_00), 'p1').refunded('2026-03-02', eur(400_00), 'p2');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 22_50, reversedOn: null }]);
    lead.refunded('2026-03-03', eur(900_00), 'p1');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 0, reversedOn: '2026-03-03' }]);
  });

  it('that take all of a share’s base let it be earned again, whatever later payments left', () => {
    const plan = version(tiers(tier('first', 1000_00, { kind: 'share', percent: '2.5' })));
    const lead = crossed().paid('2026-02-20', eur(400_00), 'p2').refunded('2026-03-01', eur(1200_00), 'p1');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 0, reversedOn: '2026-03-01' }]);
    lead.paid('2026-04-01', eur(1200_00), 'p3');
    // 2.5 % of 1,600.00
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 0 }, { crossing: 2, on: '2026-04-01', reward: 40_00 }]);
  });

  it('after the window leave a share, those inside it lower it to what is left of its base', () => {
    const plan = version({ ...tiers(tier('first', 1000_00, { kind: 'share', percent: '10' })), clawbackMonths: 1 });
    const lead = crossed().refunded('2026-03-01', eur(100_00), 'p1').refunded('2026-03-02', eur(100_00), 'p1');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 110_00 }]);
  });

  it('after the window leave the milestone standing, so that another crossing earns nothing more', () => {
    const short = version({ clawbackMonths: 1 });
    const lead = crossed().refunded('2026-03-02', eur(1200_00), 'p1').paid('2026-04-01', eur(1000_00), 'p2');
    // Stands, though nothing is left: another crossing earns nothing more.
    expect(told(lead.judged([short]))).toMatchObject([{ crossing: 1, reward: 100_00, reversedOn: null }]);
    expect(lead.judged([short])).toHaveLength(1);
  });

  it('of one payment in two parts take as much as one of the whole', () => {
    const usd = { to: 'EUR', value: '0.3333', source: null, on: null };
    const lead = touchedLead().paid('2026-02-01', in_('USD', 3100_01), 'p1', 'one', { rate: usd });
    lead.refunded('2026-03-01', in_('USD', 1550_00), 'p1').refunded('2026-03-02', in_('USD', 1550_01), 'p1');
    const { deals } = lead.account();
    const [payment] = deals[0]?.payments ?? [];
    expect(payment?.refunds.reduce((sum, { profit }) => sum + (profit ?? 0), 0)).toBe(payment?.profit);
    expect(told(lead.judged())).toMatchObject([{ reward: 0, reversedOn: '2026-03-01' }]);
  });

  it('and payments that never were leave no crossing behind', () => {
    expect(crossed().paymentAnnulled('2026-03-01', 'p1').judged()).toEqual([]);
    expect(crossed().dealAnnulled('2026-03-01').judged()).toEqual([]);
  });
});

describe('An ongoing reward', () => {
  const plan = version(tiers(tier('first', 1000_00, { kind: 'ongoing', percent: '10' })));

  it('is the percentage of what lies above the threshold, refunds in time included', () => {
    const lead = touchedLead().paid('2026-02-01', eur(1200_00), 'p1');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 20_00 }]);
    lead.paid('2026-03-01', eur(300_00), 'p2').refunded('2026-04-01', eur(100_00), 'p1');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 40_00 }]);
    lead.refunded('2027-03-02', eur(300_00), 'p2');
    expect(told(lead.judged([plan]))).toMatchObject([{ reward: 40_00 }]);
  });

  it('pays each payment at the percentage of its day', () => {
    const later = version(
      { effectiveFrom: '2026-03-01', ...tiers(tier('first', 1000_00, { kind: 'ongoing', percent: '5' })) },
      2,
    );
    const lead = touchedLead().paid('2026-02-01', eur(1200_00), 'p1').paid('2026-03-01', eur(300_00), 'p2');
    expect(told(lead.judged([plan, later]))).toMatchObject([{ version: 1, reward: 35_00 }]);
    // What is given back is taken at the percentage that it was paid at.
    lead.refunded('2026-04-01', eur(100_00), 'p1');
    expect(told(lead.judged([plan, later]))).toMatchObject([{ reward: 25_00 }]);
    // Nothing of the first payment is left: 5 % of what the others have above 1,000.00.
    lead.refunded('2026-04-02', eur(1100_00), 'p1').paid('2026-05-01', eur(1000_00), 'p3');
    expect(told(lead.judged([plan, later]))).toMatchObject([{ version: 1, reward: 15_00 }]);
  });
});

describe('The split', () => {
  const touchedBy = (...members: (string | null)[]): LeadLife => {
    const lead = new LeadLife();
    members.forEach((member, day) => lead.touch(`2026-01-0${day + 1}`, { member }));
    return lead.deal('2026-01-10').paid('2026-02-01', eur(1000_00), 'p1');
  };
  const reward = (minor: number): Partial<PlanTerms> => tiers(tier('first', 1000_00, fixed(minor)));

  it('gives half shares; the odd cent goes to the earlier handle', () => {
    expect(told(touchedBy('bert', 'anna').judged([version(reward(100_01))]))).toMatchObject([
      { members: { anna: 50_01, bert: 50_00 }, lapsed: 0 },
    ]);
  });

  it('gives an odd cent to the earlier handle also where shares are sums of other shares', () => {
    // bert has three tenths by three touches, anna as an owner of six others in equal parts.
    const lead = new LeadLife();
    for (let day = 1; day <= 9; day++) lead.touch(`2026-01-0${day}`, { member: day <= 3 ? 'bert' : 'both' });
    lead.touch('2026-01-09', { member: 'cora' }).deal('2026-01-10').paid('2026-02-01', eur(1000_00), 'p1');
    const both: Partial<Judging> = {
      beneficiaries: ({ member }) =>
        member === 'both'
          ? { through: 'owner', members: ['anna', 'dora'] }
          : { through: 'actor', members: [member ?? ''] },
    };
    // 0.05: anna, bert and dora are due 0.015 each, cora 0.005.
    expect(told(lead.judged([version(reward(5))], both))).toMatchObject([{ members: { anna: 2, bert: 2, dora: 1 } }]);
  });

  it('of a tiny amount leaves some without', () => {
    expect(told(touchedBy('cora', 'bert', 'anna').judged([version(reward(1))]))).toMatchObject([
      { members: { anna: 1 } },
    ]);
  });

  it('lets what nobody stands behind lapse, or gives it to the pool', () => {
    const lead = touchedBy('anna', null);
    expect(told(lead.judged())).toMatchObject([{ members: { anna: 50_00 }, lapsed: 50_00 }]);
    const pool = [
      { member: 'bert', weight: 3 },
      { member: 'anna', weight: 1 },
    ];
    expect(told(lead.judged([version({ pool })]))).toMatchObject([
      { members: { anna: 62_50, bert: 37_50 }, lapsed: 0 },
    ]);
  });

  it('gives automated touches of an owned campaign to its owners in equal parts', () => {
    const lead = new LeadLife()
      .touch('2026-01-01', { team: 'system', automated: true, campaign: 'spring' })
      .deal('2026-01-10')
      .paid('2026-02-01', eur(1000_00), 'p1');
    const owned = { ...JUDGING, beneficiaries: () => ({ through: 'owner', members: ['anna', 'bert'] }) as const };
    const [standing] = lead.judged([version()], owned);
    expect(standing?.members).toEqual([
      { member: 'anna', minor: 50_00 },
      { member: 'bert', minor: 50_00 },
    ]);
    expect(standing?.touches).toEqual([
      { eventId: 'touched-1', weight: 1, through: 'owner', members: ['anna', 'bert'] },
    ]);
  });

  it('follows the model: the last touch takes all, touches of sales and after the crossing take nothing', () => {
    const lead = new LeadLife()
      .touch('2026-01-01', { member: 'anna' })
      .touch('2026-01-02', { member: 'bert' })
      .touch('2026-01-03', { member: 'saul', team: 'sales' })
      .deal('2026-01-10')
      .paid('2026-02-01', eur(1000_00), 'p1')
      .touch('2026-02-02', { member: 'anna' });
    const last = version({ split: { kind: 'attribution', model: 'last-touch@1' } });
    expect(told(lead.judged([last]))).toMatchObject([{ members: { bert: 100_00 } }]);
    const shares = version({
      split: {
        kind: 'fixed',
        shares: [
          { member: 'cora', weight: 1 },
          { member: 'dora', weight: 2 },
        ],
      },
    });
    expect(told(lead.judged([shares]))).toMatchObject([{ members: { cora: 33_33, dora: 66_67 } }]);
  });

  it('never gives to touches of sales, also under a model that credits them', () => {
    const teams = { ...USUAL_OPTIONS, teams: ['marketing', 'sales'] as const };
    const model = (): ModelVersion => ({ id: 'all', version: 1, weighing: { model: 'linear' }, options: teams });
    const all = version({ split: { kind: 'attribution', model: 'all@1' } });
    const sales = new LeadLife().touch('2026-01-03', { member: 'saul', team: 'sales' }).deal('2026-01-10');
    expect(sales.paid('2026-02-01', eur(1000_00), 'p1').judged([all], { model })).toEqual([]);
    const lead = touchedLead().touch('2026-01-05', { member: 'saul', team: 'sales' });
    lead.paid('2026-02-01', eur(1000_00), 'p1');
    expect(told(lead.judged([all], { model }))).toMatchObject([{ members: { anna: 100_00 } }]);
  });

  it('lapses where the model’s window holds no touch', () => {
    const options = { ...USUAL_OPTIONS, windowDays: 7 };
    const model = (): ModelVersion => ({ id: 'week', version: 1, weighing: { model: 'linear' }, options });
    const week = version({ split: { kind: 'attribution', model: 'week@1' }, pool: [{ member: 'bert', weight: 1 }] });
    expect(told(touchedBy('anna').judged([week], { model }))).toMatchObject([{ members: {}, lapsed: 100_00 }]);
  });

  it('does not see touches that were recorded after the approval', () => {
    const lead = touchedBy('anna').touch('2026-01-05', { member: 'bert' });
    expect(told(lead.judged())).toMatchObject([{ members: { anna: 50_00, bert: 50_00 } }]);
    const frozen = { touchesUpTo: () => 3 };
    expect(told(lead.judged([version()], frozen))).toMatchObject([{ members: { anna: 100_00 } }]);
  });

  it('refuses a model that is not there, and one that looks at all paths', () => {
    const lead = touchedBy('anna');
    const by = (model: string) => version({ split: { kind: 'attribution', model } });
    expect(() => lead.judged([by('nothing@1')])).toThrow('there is no model');
    expect(() => lead.judged([by('shapley@1')])).toThrow('looks at all paths');
  });
});

describe('Whatever happens to a lead', () => {
  const amount = fc.integer({ min: 1, max: 900_00 });
  const step = fc.record({
    day: fc.integer({ min: 0, max: 500 }),
    amount,
    refund: fc.option(fc.tuple(fc.nat(600), fc.nat(100)), { nil: null }),
  });
  const reward = fc.constantFrom<Reward>(
    fixed(100_01),
    { kind: 'share', percent: '3.3' },
    { kind: 'ongoing', percent: '7.77' },
  );
  const day = (number: number): string => new Date(Date.UTC(2026, 0, 11 + number)).toISOString().slice(0, 10);

  function lived(
    steps: readonly { day: number; amount: number; refund: [number, number] | null }[],
    order: readonly number[],
  ): LeadLife {
    const lead = new LeadLife()
      .touch('2026-01-01', { member: 'anna' })
      .touch('2026-01-02', { member: 'bert' })
      .touch('2026-01-03')
      .deal('2026-01-10');
    for (const index of order) {
      const one = steps[index];
      if (one === undefined) continue;
      lead.paid(day(one.day), eur(one.amount), `p${index}`);
      if (one.refund !== null)
        lead.refunded(
          day(one.day + one.refund[0]),
          eur(Math.ceil((one.amount * one.refund[1] + 1) / 101)),
          `p${index}`,
        );
    }
    return lead;
  }

  it('ends in the same balance in whatever order it becomes known; parts sum to the reward; at most one crossing stands', () => {
    fc.assert(
      fc.property(
        // Days differ: of two at one moment the one recorded first counts first.
        fc.uniqueArray(step, { selector: (one) => one.day, minLength: 1, maxLength: 8 }),
        reward,
        fc.infiniteStream(fc.nat()),
        (steps, kind, picks) => {
          const plan = [version(tiers(tier('first', 1000_00, kind), tier('second', 1500_00, fixed(77_77), true)))];
          const inOrder = steps.map((_, index) => index);
          const keys = new Map(inOrder.map((index) => [index, picks.next().value as number]));
          const shuffled = [...inOrder].sort((a, b) => (keys.get(a) ?? 0) - (keys.get(b) ?? 0));
          const [one, other] = [lived(steps, inOrder).judged(plan), lived(steps, shuffled).judged(plan)];
          const balance = (all: typeof one) => told(all);
          const days = steps.flatMap(({ day: on, refund }) => (refund === null ? [on] : [on, on + refund[0]]));
          if (new Set(days).size === days.length) expect(balance(other)).toEqual(balance(one));
          for (const id of ['first', 'second'])
            expect(one.filter((s) => s.tier === id && s.reversed === null).length).toBeLessThanOrEqual(1);
          for (const s of one) expect(s.members.reduce((sum, { minor }) => sum + minor, s.lapsed)).toBe(s.reward);
        },
      ),
    );
  });
});
