import { at, eur, withPlan } from '../../testing/book-life.js';
import { accrualsOf } from './accruals.js';

const OTHER = '00000000-0000-4000-8000-000000000002';

describe('Accruals', () => {
  it('tell what is earned, approved, paid and may still be taken back', () => {
    const life = withPlan()
      .reached('2025-01-10', { mia: 1_000 })
      .approved('mia', '2025-01')
      .paid('mia', '2025-01')
      .reached('2026-02-10', { mia: 300 }, { crossing: 2 })
      .approved('mia', '2026-02')
      .reached('2026-03-10', { mia: 50, max: 7 }, { lead: OTHER });
    const [max, mia] = accrualsOf(life.book(), {}, at('2026-04-20'));
    expect(mia).toEqual({
      planId: life.statement('mia', '2026-03').planId,
      member: 'mia',
      hasLeft: false,
      earnedNotApproved: 50,
      approvedNotPaid: 300,
      paid: 1_000,
      held: 0,
      carried: 0,
      // The crossing of January 2025 is out of reach since 10 January 2026.
      atRisk: 350,
      owed: 0,
      owedByLeaver: 0,
    });
    expect(max).toMatchObject({ member: 'max', earnedNotApproved: 7, atRisk: 7 });
  });

  it('end the risk with the last day of the clawback window', () => {
    const book = withPlan({ clawbackMonths: 1 }).reached('2026-01-31', { mia: 100 }).book();
    expect(accrualsOf(book, { member: 'mia' }, at('2026-02-28'))[0]?.atRisk).toBe(100);
    expect(accrualsOf(book, { member: 'mia' }, at('2026-03-01'))[0]?.atRisk).toBe(0);
  });

  it('tell what waits, and why', () => {
    const caps = { perPersonAndPeriod: eur(100), perPlanAndPeriod: null, carryOver: true };
    const life = withPlan({ caps }).joined('lea').reached('2026-02-10', { lea: 80, mia: 250 });
    const [lea, mia] = accrualsOf(life.book(), {}, at('2026-04-20'));
    expect(lea).toMatchObject({ member: 'lea', held: 80, earnedNotApproved: 0 });
    // February and March have 100 each; the statements end where nothing else is booked, one period on.
    expect(mia).toMatchObject({ member: 'mia', earnedNotApproved: 200, carried: 50 });
  });

  it('tell what is owed, and by whom who left', () => {
    const life = withPlan()
      .reached('2026-01-10', { mia: 100, max: 100 })
      .approved('mia', '2026-01')
      .approved('max', '2026-01')
      .reversed('2026-02-10', { mia: 100, max: 100 })
      .left('mia', '2026-03-01');
    const [max, mia] = accrualsOf(life.book(), {}, at('2026-04-20'));
    expect(mia).toMatchObject({ member: 'mia', hasLeft: true, owed: 100, owedByLeaver: 100, earnedNotApproved: -100 });
    expect(max).toMatchObject({ member: 'max', hasLeft: false, owed: 100, owedByLeaver: 0 });
  });
});
