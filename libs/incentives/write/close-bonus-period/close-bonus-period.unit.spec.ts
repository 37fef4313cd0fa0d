import { parseDay } from '#kernel/time.js';
import { BookLife, withPlan } from '../../testing/book-life.js';
import { asks, FIONA, HANNA, NOW } from '../../testing/statement-life.js';
import { refusalOf } from '../../testing/refusal.js';
import { periodSightOf } from '../../statements/period-sight.js';
import { closeBonusPeriod } from './close-bonus-period.js';

const closing = (life: BookLife, period = '2026-03', actor = FIONA, isClosed = false) =>
  closeBonusPeriod(asks(actor, {}), periodSightOf(life.book(), period, NOW), isClosed);

describe('CloseBonusPeriod', () => {
  it('closes a period in which everything is approved, also one with nothing', () => {
    const data = { period: '2026-03', authenticated: true };
    const event = { type: 'bonusperiod.closed', occurredAt: NOW, leadId: null, pass: null, data };
    expect(closing(new BookLife())).toEqual([event]);
    const life = withPlan().reached('2026-03-10', { mia: 100 }).drafted('mia', '2026-03').approved('mia', '2026-03');
    expect(closing(life)).toEqual([event]);
    expect(closing(life, '2026-03', FIONA, true)).toEqual([]);
  });

  it('is for finance, after the period', () => {
    expect(refusalOf(() => closing(new BookLife(), '2026-03', HANNA))).toBe('BONUS.ROLE');
    expect(refusalOf(() => closing(new BookLife(), '2026-04'))).toBe('BONUS.PERIOD_RUNNING');
    expect(parseDay('2026-04-20')).toBeLessThan(parseDay('2026-04-30') ?? 0);
  });

  it('waits for approvals, those of earlier periods as well, and for rulings', () => {
    const life = withPlan().reached('2026-02-10', { mia: 100 }).reached('2026-03-10', { max: 100 }, { crossing: 2 });
    expect(refusalOf(() => closing(life))).toBe('BONUS.NOT_ALL_APPROVED');
    expect(periodSightOf(life.book(), '2026-03', NOW).unapproved).toEqual(['mia (2026-02)', 'max']);
    life.drafted('mia', '2026-02').approved('mia', '2026-02').drafted('max', '2026-03').approved('max', '2026-03');
    life.disputed('mia', '2026-03');
    expect(refusalOf(() => closing(life))).toBe('BONUS.DISPUTE_OPEN');
    life.ruled('mia', '2026-03', '2026-03', {});
    expect(closing(life)).toHaveLength(1);
  });

  it('does not wait for what is held, or for a debt without a line', () => {
    const held = new BookLife().joined('lea').plan().reached('2026-03-10', { lea: 100 });
    expect(closing(held)).toHaveLength(1);
    const debt = withPlan()
      .reached('2026-01-10', { mia: 100 })
      .approved('mia', '2026-01')
      .reversed('2026-02-10', { mia: 100 })
      .approved('mia', '2026-02');
    expect(closing(debt)).toHaveLength(1);
  });

  it('closes all before it, so an earlier one is closed with it', () => {
    expect(refusalOf(() => closing(new BookLife().closed('2026-03'), '2026-01'))).toBe('BONUS.PERIOD_CLOSED');
  });
});
