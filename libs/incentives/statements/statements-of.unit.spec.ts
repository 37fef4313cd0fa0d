import { at, BookLife, eur, LEAD, PLAN, withPlan } from '../testing/book-life.js';
import type { Statement, StatementLine } from './statement.js';

const OTHER = '00000000-0000-4000-8000-000000000002';
const THIRD = '00000000-0000-4000-8000-000000000003';

/** kind, earned, granted; then what is not 0 of the rest. */
const short = ({ kind, earned, granted, held, capped, carried, forfeited }: StatementLine): unknown[] => [
  kind,
  earned,
  granted,
  ...Object.entries({ held, capped, carried, forfeited })
    .filter(([, minor]) => minor !== 0)
    .map(([name, minor]) => `${name} ${minor}`),
];

const linesOf = ({ lines }: Statement): unknown[] => lines.map(short);
const sums = ({ opening, total, payable, closing }: Statement): number[] => [opening, total, payable, closing];

describe('A statement', () => {
  it('says everything of a line: what it stands on, and the arithmetic from the reward to what is granted', () => {
    const life = withPlan().reached('2026-03-10', { mia: 7_500, max: 2_500 }, { lapsed: 0 });
    const { hash, upTo, ...statement } = life.statement('mia', '2026-03');
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(upTo).toBe(life.position);
    expect(statement).toEqual({
      planId: PLAN,
      member: 'mia',
      period: '2026-03',
      currency: 'EUR',
      status: 'open',
      opening: 0,
      lines: [
        {
          kind: 'milestone',
          leadId: LEAD,
          tier: 'first',
          crossing: 1,
          at: at('2026-03-10'),
          planVersion: 1,
          planHash: 'hash-1',
          eventId: 'e000090',
          events: ['payment-1', 'touch-1'],
          steps: [
            { label: 'reward', minor: 10_000 },
            { label: 'parts of others', minor: -2_500 },
          ],
          earned: 7_500,
          granted: 7_500,
          held: 0,
          capped: 0,
          carried: 0,
          forfeited: 0,
        },
      ],
      total: 7_500,
      payable: 7_500,
      closing: 0,
      openDisputes: 0,
    });
  });

  it('is the same whatever else is recorded, and another one when it says something else', () => {
    const life = withPlan().reached('2026-03-10', { mia: 7_500 });
    const { hash } = life.statement('mia', '2026-03');
    life.reached('2026-03-11', { max: 100 }, { lead: OTHER }).joined('zoe');
    expect(life.statement('mia', '2026-03').hash).toBe(hash);
    life.reached('2026-03-11', { mia: 1 }, { lead: THIRD });
    expect(life.statement('mia', '2026-03').hash).not.toBe(hash);
  });

  it('has half-shares and tiny amounts to the unit, with what nobody stands behind', () => {
    const life = withPlan().reached('2026-03-10', { max: 1, mia: 2 }, { lapsed: 2 });
    expect(life.statement('mia', '2026-03').lines[0]?.steps).toEqual([
      { label: 'reward', minor: 5 },
      { label: 'lapses: nobody stands behind it', minor: -2 },
      { label: 'parts of others', minor: -1 },
    ]);
    expect(sums(life.statement('max', '2026-03'))).toEqual([0, 1, 1, 0]);
  });

  it('carries a negative total forward and pays nothing', () => {
    const life = withPlan()
      .reached('2026-01-10', { mia: 10_000 })
      .approved('mia', '2026-01')
      .reversed('2026-02-03', { mia: 10_000 })
      .reached('2026-03-10', { mia: 4_000 }, { lead: OTHER })
      .reached('2026-04-10', { mia: 9_000 }, { lead: THIRD });
    expect(sums(life.statement('mia', '2026-01'))).toEqual([0, 10_000, 10_000, 0]);
    expect(sums(life.statement('mia', '2026-02'))).toEqual([0, -10_000, 0, -10_000]);
    expect(sums(life.statement('mia', '2026-03'))).toEqual([-10_000, -6_000, 0, -6_000]);
    expect(sums(life.statement('mia', '2026-04'))).toEqual([-6_000, 3_000, 3_000, 0]);
  });

  it('goes on with a debt where nothing else is booked', () => {
    const life = withPlan()
      .reached('2026-01-10', { mia: 10_000 })
      .approved('mia', '2026-01')
      .reversed('2026-02-03', { mia: 10_000 });
    expect(sums(life.statement('mia', '2026-05'))).toEqual([-10_000, -10_000, 0, -10_000]);
  });

  it('stands on the version of each crossing where the plan changes in mid-period', () => {
    const life = withPlan()
      .reached('2026-03-10', { mia: 6_000 })
      .plan({ caps: { perPersonAndPeriod: eur(8_000), perPlanAndPeriod: null, carryOver: false } }, 2)
      .reached('2026-03-20', { mia: 5_000 }, { lead: OTHER, version: 2 });
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([
      ['milestone', 6_000, 6_000],
      ['milestone', 5_000, 0, 'held 5000'],
    ]);
    life.accepted('mia', '2026-03-25', 2);
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([
      ['milestone', 6_000, 6_000],
      ['milestone', 5_000, 2_000, 'capped 3000'],
    ]);
    expect(life.statement('mia', '2026-03').lines.map(({ planVersion, planHash }) => [planVersion, planHash])).toEqual([
      [1, 'hash-1'],
      [2, 'hash-2'],
    ]);
  });

  it('refuses to be made of events whose plan is not there', () => {
    const life = new BookLife().joined('mia').reached('2026-03-10', { mia: 7_500 });
    expect(() => life.statement('mia', '2026-03')).toThrow('BONUS.UNKNOWN_VERSION');
  });
});

describe('A cap', () => {
  const perPerson = { perPersonAndPeriod: eur(10_000), perPlanAndPeriod: null };
  const perPlan = { perPersonAndPeriod: null, perPlanAndPeriod: eur(12_000) };

  it('per person is reached in mid-period, in the order of crossings; what lies above lapses', () => {
    const life = withPlan({ caps: { ...perPerson, carryOver: false } })
      .reached('2026-03-20', { mia: 6_000, max: 3_000 })
      .reached('2026-03-10', { mia: 7_000 }, { lead: OTHER })
      .reached('2026-04-01', { mia: 1_000 }, { lead: THIRD });
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([
      ['milestone', 7_000, 7_000],
      ['milestone', 6_000, 3_000, 'capped 3000'],
    ]);
    expect(life.statement('mia', '2026-03').lines[1]?.steps).toEqual([
      { label: 'reward', minor: 9_000 },
      { label: 'parts of others', minor: -3_000 },
      { label: 'above the cap per person: lapses', minor: -3_000 },
    ]);
    expect(linesOf(life.statement('max', '2026-03'))).toEqual([['milestone', 3_000, 3_000]]);
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([['milestone', 1_000, 1_000]]);
  });

  it('of the plan is shared by all, the earlier crossing first', () => {
    const life = withPlan({ caps: { ...perPlan, carryOver: false } })
      .reached('2026-03-20', { mia: 6_000 })
      .reached('2026-03-10', { max: 8_000 }, { lead: OTHER })
      .reached('2026-03-25', { max: 500, mia: 500 }, { lead: THIRD });
    expect(linesOf(life.statement('max', '2026-03'))).toEqual([
      ['milestone', 8_000, 8_000],
      ['milestone', 500, 0, 'capped 500'],
    ]);
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([
      ['milestone', 6_000, 4_000, 'capped 2000'],
      ['milestone', 500, 0, 'capped 500'],
    ]);
  });

  it('looks at the person before the plan', () => {
    const life = withPlan({
      caps: { perPersonAndPeriod: eur(5_000), perPlanAndPeriod: eur(8_000), carryOver: false },
    })
      .reached('2026-03-10', { mia: 9_000 })
      .reached('2026-03-11', { max: 9_000 }, { lead: OTHER });
    expect(life.statement('mia', '2026-03').lines[0]?.steps).toEqual([
      { label: 'reward', minor: 9_000 },
      { label: 'above the cap per person: lapses', minor: -4_000 },
    ]);
    expect(life.statement('max', '2026-03').lines[0]?.steps).toEqual([
      { label: 'reward', minor: 9_000 },
      { label: 'above the cap per person: lapses', minor: -4_000 },
      { label: 'above the cap of the plan: lapses', minor: -2_000 },
    ]);
  });

  it('with carry-over passes on what lies above it, first thing in the next period, until there is room', () => {
    const life = withPlan({ caps: { ...perPerson, carryOver: true } })
      .reached('2026-03-10', { mia: 25_000 })
      .reached('2026-04-02', { mia: 3_000 }, { lead: OTHER });
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['milestone', 25_000, 10_000, 'carried 15000']]);
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([
      ['carried', 0, 10_000, 'carried -10000'],
      ['milestone', 3_000, 0, 'carried 3000'],
    ]);
    expect(linesOf(life.statement('mia', '2026-05'))).toEqual([
      ['carried', 0, 5_000, 'carried -5000'],
      ['carried', 0, 3_000, 'carried -3000'],
    ]);
    expect(linesOf(life.statement('mia', '2026-06'))).toEqual([]);
  });

  it('of an approved statement counts first for all, at once, where versions of the plan differ in it', () => {
    const capOf = (minor: number) => ({ perPersonAndPeriod: null, perPlanAndPeriod: eur(minor), carryOver: false });
    const life = withPlan({ caps: capOf(100) })
      .plan({ caps: capOf(200) }, 2)
      .accepted('mia', '2026-01-01', 2)
      .reached('2026-03-10', { max: 10 })
      .reached('2026-03-20', { mia: 195 }, { lead: OTHER, version: 2 });
    expect(linesOf(life.statement('max', '2026-03'))).toEqual([['milestone', 10, 10]]);
    life.approved('mia', '2026-03');
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['milestone', 195, 190, 'capped 5']]);
    // Version 1 has no room beside 190.
    expect(linesOf(life.statement('max', '2026-03'))).toEqual([['milestone', 10, 0, 'capped 10']]);
  });

  it('looks at what was carried over before anything else, also before what is older and came late', () => {
    const life = withPlan({ caps: { ...perPerson, carryOver: true } })
      .closed('2026-02')
      .reached('2026-03-10', { mia: 17_000 })
      .approved('mia', '2026-03')
      .reached('2026-02-20', { mia: 5_000 }, { lead: OTHER });
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([
      ['carried', 0, 7_000, 'carried -7000'],
      ['milestone', 5_000, 3_000, 'carried 2000'],
    ]);
  });

  it('gives no room back for what was taken back', () => {
    const life = withPlan({ caps: { ...perPerson, carryOver: false } })
      .reached('2026-03-10', { mia: 10_000 })
      .reversed('2026-03-12', { mia: 10_000 })
      .reached('2026-03-20', { mia: 4_000 }, { lead: OTHER });
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([
      ['milestone', 10_000, 10_000],
      ['reversal', -10_000, -10_000],
      ['milestone', 4_000, 0, 'capped 4000'],
    ]);
  });

  it('counts what was approved before what came to be known later', () => {
    const life = withPlan({ caps: { ...perPlan, carryOver: false } })
      .reached('2026-03-20', { mia: 9_000 })
      .approved('mia', '2026-03')
      .reached('2026-03-10', { max: 8_000, mia: 1_000 }, { lead: OTHER });
    expect(linesOf(life.statement('max', '2026-03'))).toEqual([['milestone', 8_000, 3_000, 'capped 5000']]);
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['milestone', 9_000, 9_000]]);
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([['milestone', 1_000, 1_000]]);
  });
});

describe('What is taken back', () => {
  it('is first what had lapsed above a cap: nobody gives back more than they were granted', () => {
    const caps = { perPersonAndPeriod: eur(6_000), perPlanAndPeriod: null, carryOver: false };
    const life = withPlan({ caps })
      .reached('2026-03-10', { mia: 10_000 })
      .approved('mia', '2026-03')
      .adjusted('2026-04-02', { mia: -5_000 })
      .reversed('2026-04-10', { mia: 5_000 });
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([
      ['adjustment', -5_000, -1_000, 'capped -4000'],
      ['reversal', -5_000, -5_000],
    ]);
    expect(life.statement('mia', '2026-04').lines[0]?.steps).toEqual([
      { label: 'change of the reward', minor: -5_000 },
      { label: 'had lapsed above a cap', minor: 4_000 },
    ]);
    expect(sums(life.statement('mia', '2026-04'))).toEqual([0, -6_000, 0, -6_000]);
  });

  it('after a closed period lands in the next open one; the closed one never changes', () => {
    const life = withPlan().reached('2026-01-10', { mia: 10_000 }).approved('mia', '2026-01').paid('mia', '2026-01');
    life.closed('2026-01');
    const before = life.statement('mia', '2026-01');
    // A refund of January that was recorded in February.
    life.reversed('2026-01-28', { mia: 10_000 });
    expect(life.statement('mia', '2026-01')).toEqual(before);
    expect(before.status).toBe('paid');
    expect(linesOf(life.statement('mia', '2026-02'))).toEqual([['reversal', -10_000, -10_000]]);
  });

  it('is earned anew by a re-crossing', () => {
    const life = withPlan()
      .reached('2026-01-10', { mia: 10_000 })
      .reversed('2026-02-03', { mia: 10_000 })
      .reached('2026-02-20', { mia: 10_000 }, { crossing: 2 });
    expect(sums(life.statement('mia', '2026-02'))).toEqual([0, 0, 0, 0]);
    expect(life.statements().reduce((sum, { payable }) => sum + payable, 0)).toBe(10_000);
  });

  it('is not booked before what it takes back', () => {
    const life = withPlan()
      .reached('2026-03-10', { mia: 10_000 })
      .reversed('2026-02-03', { mia: 10_000 }, { period: '2026-02' });
    expect(linesOf(life.statement('mia', '2026-02'))).toEqual([]);
    expect(sums(life.statement('mia', '2026-03'))).toEqual([0, 0, 0, 0]);
  });
});

describe('A payee', () => {
  it('who has not accepted yet is held, and released when they do', () => {
    const life = new BookLife().joined('mia').plan().reached('2026-03-10', { mia: 10_000 });
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['milestone', 10_000, 0, 'held 10000']]);
    // While the period is open the line itself is paid.
    expect(linesOf(life.accepted('mia', '2026-04-03').statement('mia', '2026-03'))).toEqual([
      ['milestone', 10_000, 10_000],
    ]);
  });

  it('is released in the period that is open then, where the one of the crossing is not', () => {
    const life = new BookLife()
      .joined('mia')
      .plan()
      .reached('2026-03-10', { mia: 10_000 })
      .closed('2026-03')
      .adjusted('2026-04-02', { mia: -1_000 })
      .accepted('mia', '2026-05-03');
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['milestone', 10_000, 0, 'held 10000']]);
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([['adjustment', -1_000, 0, 'held -1000']]);
    expect(linesOf(life.statement('mia', '2026-05'))).toEqual([['released', 0, 9_000, 'held -9000']]);
  });

  it('gives back what is held before it is released, and is then released nothing', () => {
    const life = new BookLife()
      .joined('mia')
      .plan()
      .reached('2026-03-10', { mia: 10_000 })
      .closed('2026-03')
      .accepted('mia', '2026-05-03')
      .reversed('2026-04-02', { mia: 10_000 });
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([['reversal', -10_000, 0, 'held -10000']]);
    expect(linesOf(life.statement('mia', '2026-05'))).toEqual([]);
  });

  it('who was no member at the crossing loses their part, and no colleague gets it', () => {
    const life = withPlan().left('mia', '2026-03-01').reached('2026-03-10', { mia: 6_000, max: 4_000 });
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['milestone', 6_000, 0, 'forfeited 6000']]);
    expect(linesOf(life.statement('max', '2026-03'))).toEqual([['milestone', 4_000, 4_000]]);
  });

  it('who left after the crossing is paid, unless the plan asks for somebody who is there on payday', () => {
    const crossing = withPlan().reached('2026-03-10', { mia: 6_000 }).left('mia', '2026-04-10');
    expect(sums(crossing.statement('mia', '2026-03'))).toEqual([0, 6_000, 6_000, 0]);
    const payday = (days: number) =>
      withPlan({ earnOn: { moment: 'payday', daysAfterPeriod: days } })
        .reached('2026-03-10', { mia: 6_000 })
        .left('mia', '2026-04-10');
    // Payday is 10 April for 10 days, and somebody who leaves in the course of it is still there.
    expect(sums(payday(10).statement('mia', '2026-03'))).toEqual([0, 6_000, 6_000, 0]);
    expect(linesOf(payday(11).statement('mia', '2026-03'))).toEqual([['milestone', 6_000, 0, 'forfeited 6000']]);
  });

  it('is somebody of the team that the plan pays, or one of its list', () => {
    const life = new BookLife().joined('sam', 'sales').plan().accepted('sam').reached('2026-03-10', { sam: 6_000 });
    expect(linesOf(life.statement('sam', '2026-03'))).toEqual([['milestone', 6_000, 0, 'forfeited 6000']]);
    const listed = new BookLife().joined('sam', 'sales').plan({ payees: { members: ['sam'] } });
    listed.accepted('sam').reached('2026-03-10', { sam: 6_000 });
    expect(linesOf(listed.statement('sam', '2026-03'))).toEqual([['milestone', 6_000, 6_000]]);
  });

  it('of either team has a part of the pool, and gives it back where the figure becomes another one', () => {
    const life = withPlan()
      .joined('sam', 'sales')
      .accepted('sam')
      .pool('2026-03', '2026-04-02', { mia: 3_000, sam: 2_000 })
      .approved('sam', '2026-03')
      .pool('2026-03', '2026-04-20', { mia: -3_000, sam: -2_000 });
    expect(linesOf(life.statement('sam', '2026-03'))).toEqual([['pool', 2_000, 2_000]]);
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([
      ['pool', 3_000, 3_000],
      ['pool', -3_000, -3_000],
    ]);
    expect(linesOf(life.statement('sam', '2026-04'))).toEqual([['pool', -2_000, -2_000]]);
  });

  it('who left owes what was taken back, until finance writes it off', () => {
    const life = withPlan()
      .reached('2026-01-10', { mia: 10_000 })
      .approved('mia', '2026-01')
      .left('mia', '2026-02-01')
      .reversed('2026-02-03', { mia: 10_000 });
    expect(sums(life.statement('mia', '2026-02'))).toEqual([0, -10_000, 0, -10_000]);
    life.writtenOff('mia', '2026-03', 10_000);
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['written-off', 10_000, 10_000]]);
    expect(sums(life.statement('mia', '2026-03'))).toEqual([-10_000, 0, 0, 0]);
  });
});

describe('An approval', () => {
  it('freezes what was looked at, not what was recorded while somebody looked', () => {
    const life = withPlan().reached('2026-03-10', { mia: 6_000 });
    const looked = life.position;
    const { hash } = life.statement('mia', '2026-03');
    life.reached('2026-03-11', { mia: 500 }, { lead: OTHER }).approved('mia', '2026-03', looked);
    expect(life.statement('mia', '2026-03')).toMatchObject({ status: 'approved', upTo: looked, hash });
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([['milestone', 500, 500]]);
  });

  it('looks at members and acceptances as they were known then', () => {
    const life = new BookLife().joined('mia').plan().reached('2026-03-10', { mia: 6_000 });
    const looked = life.position;
    life.accepted('mia', '2026-04-03').approved('mia', '2026-03', looked);
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['milestone', 6_000, 0, 'held 6000']]);
    expect(linesOf(life.statement('mia', '2026-04'))).toEqual([['released', 0, 6_000, 'held -6000']]);
  });

  it('of one person leaves the others open', () => {
    const life = withPlan()
      .reached('2026-03-10', { mia: 6_000, max: 1_000 })
      .approved('mia', '2026-03')
      .adjusted('2026-03-20', { mia: 60, max: 10 });
    expect(sums(life.statement('mia', '2026-03'))).toEqual([0, 6_000, 6_000, 0]);
    expect(sums(life.statement('max', '2026-03'))).toEqual([0, 1_010, 1_010, 0]);
    expect(sums(life.statement('mia', '2026-04'))).toEqual([0, 60, 60, 0]);
  });
});

describe('A ruling', () => {
  it('gives and takes what it says, whatever the caps, in the period that it names or the first open one after it', () => {
    const caps = { perPersonAndPeriod: eur(1_000), perPlanAndPeriod: eur(1_000), carryOver: false };
    const life = withPlan({ caps })
      .reached('2026-03-10', { max: 1_000 })
      .approved('max', '2026-03')
      .drafted('mia', '2026-03')
      .disputed('mia', '2026-03');
    expect(life.statement('mia', '2026-03').openDisputes).toBe(1);
    life.ruled('mia', '2026-03', '2026-03', { mia: 400, max: -400 });
    expect(life.statement('mia', '2026-03').openDisputes).toBe(0);
    expect(linesOf(life.statement('mia', '2026-03'))).toEqual([['ruling', 400, 400]]);
    expect(linesOf(life.statement('max', '2026-04'))).toEqual([['ruling', -400, -400]]);
  });
});
