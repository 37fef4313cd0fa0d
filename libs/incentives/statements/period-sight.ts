import type { Instant } from '#kernel/time.js';
import { daysOf, grainOf, type PeriodName } from '../plan/bonus-period.js';
import type { PeriodSight } from '../write/close-bonus-period/close-bonus-period.js';
import type { BonusBook } from './bonus-book.js';
import { isUnapproved } from './statement-sight.js';
import { statementsOf } from './statements-of.js';

/** What closing a period has to look at: all plans, this period and all before it. */
export function periodSightOf(book: BonusBook, period: PeriodName, now: Instant): PeriodSight {
  const grain = grainOf(period);
  const within = (of: PeriodName): boolean => grainOf(of) === grain && of <= period;
  const last = book.closed.get(grain)?.at(-1)?.period ?? '';
  const unapproved = statementsOf(book).filter((statement) => within(statement.period) && isUnapproved(statement));
  return {
    period,
    lastDay: daysOf(period).to,
    today: book.calendar.dayOf(now),
    closedWith: last >= period ? last : null,
    unapproved: [
      ...new Set(unapproved.map(({ member, period: of }) => (of === period ? member : `${member} (${of})`))),
    ],
    openDisputes: [...book.disputes.values()].filter(
      ({ raised, ruled }) => ruled === null && within(raised.data.period),
    ).length,
  };
}
