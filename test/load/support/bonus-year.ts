import { periodOf } from '#incentives/plan/bonus-period.js';
import { emptyBook, type BookEvent } from '#incentives/statements/bonus-book.js';
import { takeIntoBook } from '#incentives/statements/fold-book.js';
import { statementOf } from '#incentives/statements/statements-of.js';
import { eur, hashOf, PLAN, TERMS } from '#incentives/testing/book-life.js';

export const PEOPLE = 100;
const DAY = 86_400_000;
const YEAR = Date.UTC(2025, 0, 1);

/**
 * A year of bonuses: people of marketing under one plan with both caps, one crossing a person and week between two of them, a tenth taken back later,
 * and every statement up to October drafted, approved and paid. Events in order of their positions, always the same.
 */
export function bonusYear(people = PEOPLE): BookEvent[] {
  const events: BookEvent[] = [];
  const books = emptyBook();
  const happened = (type: string, stream: string, occurredAt: number, data: unknown): void => {
    const position = events.length + 1;
    const eventId = `00000000-0000-4000-8000-${position.toString(16).padStart(12, '0')}`;
    const event = { eventId, type, stream, occurredAt, actor: 'fiona', position, data };
    events.push(event);
    takeIntoBook(books, event);
  };
  const names = Array.from({ length: people }, (_, index) => `member.${String(index).padStart(3, '0')}`);
  for (const handle of names)
    happened('member.joined', `member-${handle}`, YEAR, {
      handle,
      team: 'marketing',
      role: 'member',
      manager: null,
      aliases: [],
    });
  const hash = hashOf(1);
  const caps = { perPersonAndPeriod: eur(40_000), perPlanAndPeriod: eur(people * 30_000), carryOver: true };
  happened('bonusplan.drafted', `bonusplan-${PLAN}`, YEAR, {
    planId: PLAN,
    version: 1,
    hash,
    terms: { ...TERMS, caps },
  });
  for (const member of names)
    happened('bonusplan.accepted', `bonusplan-${PLAN}`, YEAR, {
      planId: PLAN,
      version: 1,
      hash,
      member,
      authenticated: true,
    });
  const perDay = Math.round(people / 7);
  for (let day = 0; day < 365; day++) {
    const at = YEAR + day * DAY + 36_000_000;
    const period = periodOf(at, 'month', books.calendar);
    for (let index = 0; index < perDay; index++) {
      const number = day * perDay + index;
      const one = names[number % people] ?? '';
      const other = names[(number * 7 + 3) % people] ?? '';
      const leadId = `10000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`;
      const judged = {
        planId: PLAN,
        leadId,
        tier: 'first',
        crossing: 1,
        planVersion: 1,
        planHash: hash,
        upTo: events.length,
        knownTo: events.length,
        period,
        currency: 'EUR',
      };
      const members =
        one === other
          ? [{ member: one, minor: 10_000 }]
          : [
              { member: one, minor: 6_667 },
              { member: other, minor: 3_333 },
            ];
      happened('bonus.milestone-reached', `bonus-${PLAN}.${leadId}`, at, {
        ...judged,
        at,
        basis: 'profit',
        threshold: 100_000,
        running: 120_000,
        reward: 10_000,
        members,
        lapsed: 0,
        counted: ['payment'],
        touches: [{ eventId: 'touch', weight: 1, through: 'owner', members: [one, other] }],
      });
      if (number % 10 === 0)
        happened('bonus.milestone-reversed', `bonus-${PLAN}.${leadId}`, at + DAY, {
          ...judged,
          at: at + DAY,
          because: 'refund',
          running: 90_000,
          lapsed: 0,
          caused: ['refund'],
          members: members.map(({ member, minor }) => ({ member, minor: -minor })),
        });
    }
    // On the tenth the month before is approved and paid.
    const [year = '', month = '', date = ''] = new Date(at).toISOString().slice(0, 10).split('-');
    if (date !== '10' || month === '01' || Number(month) > 11) continue;
    const before = `${year}-${String(Number(month) - 1).padStart(2, '0')}`;
    for (const member of names) {
      const statement = statementOf(books, PLAN, member, before);
      if (statement === null) continue;
      const { hash: stated, opening, total, payable, currency } = statement;
      const key = { planId: PLAN, member, period: before, currency, authenticated: true, hash: stated };
      const stream = `statement-${PLAN}.${member}.${before}`;
      happened('statement.drafted', stream, at, { ...key, upTo: events.length, opening, total, payable });
      happened('statement.approved', stream, at, { ...key, upTo: events.length, payable });
      if (payable > 0)
        happened('statement.paid', stream, at, { ...key, amount: payable, on: '2025-12-31', reference: null });
    }
  }
  return events;
}
