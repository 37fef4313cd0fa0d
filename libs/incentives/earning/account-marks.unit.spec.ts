import fc from 'fast-check';
import type { PlanTerms, Reward } from '../plan/terms.js';
import { dayOf, eur, JUDGING, LeadLife, touchedLead, version } from '../testing/lead-life.js';
import { LEAD } from '../testing/book-life.js';
import { markingOf, marksOf, NO_MARKS } from './account-marks.js';
import { accountOf, foldAccount, noAccount, type AccountHistory } from './fold-account.js';
import { judge } from './judge.js';
import type { ActiveVersion } from './standing.js';

const historyOf = ({ events }: LeadLife, upTo = Infinity): AccountHistory =>
  events
    .filter(({ position }) => position <= upTo)
    .reduce((history, event) => foldAccount(history, event, { dayOf, currency: 'EUR' }), noAccount(LEAD));
const marks = (versions: readonly ActiveVersion[], lead: LeadLife): string =>
  marksOf(markingOf([versions]), historyOf(lead), 'EUR');

describe('The marks of an account', () => {
  it('are none before a threshold is reached, and stay while nothing else is', () => {
    const lead = new LeadLife().deal('2026-01-10').paid('2026-02-01', eur(999_99), 'p1');
    expect(marks([version()], lead)).toBe(NO_MARKS);
    const reached = marks([version()], lead.paid('2026-02-02', eur(1), 'p2'));
    expect(reached).not.toBe(NO_MARKS);
    expect(marks([version()], lead.paid('2026-02-03', eur(500_00), 'p3'))).toBe(reached);
    expect(marks([version()], lead.refunded('2026-02-04', eur(500_00), 'p3'))).toBe(reached);
    expect(marks([version()], lead.refunded('2026-02-05', eur(1), 'p1'))).not.toBe(reached);
  });

  it('are other ones under other terms', () => {
    const history = historyOf(new LeadLife().deal('2026-01-10').paid('2026-02-01', eur(1000_00), 'p1'));
    const under = (number: number, terms: Partial<PlanTerms>) =>
      marksOf(markingOf([[version(terms, number)]]), history, 'EUR');
    expect(under(1, {})).not.toBe(NO_MARKS);
    expect(under(2, { dealKinds: ['renewal'] })).toBe(NO_MARKS);
  });

  it('tell that something moved while a version held, which decides whether its beginning made a windfall', () => {
    const february = version({ effectiveFrom: '2026-02-01', effectiveTo: '2026-02-28' });
    const april = version({ effectiveFrom: '2026-04-01' }, 2);
    const lead = touchedLead().paid('2026-01-20', eur(1200_00), 'p1').refunded('2026-03-10', eur(500_00), 'p1');
    lead.paid('2026-04-10', eur(400_00), 'p2');
    const [before, judged] = [marks([february, april], lead), lead.judged([february, april])];
    expect(judged).toHaveLength(1);
    lead.paid('2026-02-10', eur(1), 'p3');
    expect(lead.judged([february, april])).toEqual([]);
    expect(marks([february, april], lead)).not.toBe(before);
  });

  it('tell every payment and refund that could change how the lead is judged, whoever touched it', () => {
    const day = (number: number): string => new Date(Date.UTC(2026, 0, 1 + number)).toISOString().slice(0, 10);
    const reward = fc.constantFrom<Reward>(
      { kind: 'fixed', amount: eur(100_01) },
      { kind: 'fixed', amount: eur(50_01) },
      { kind: 'fixed', amount: eur(300_00) },
      { kind: 'share', percent: '3.3' },
      { kind: 'ongoing', percent: '7' },
    );
    const terms = fc.record({
      effectiveFrom: fc.nat(60).map(day),
      effectiveTo: fc.option(fc.integer({ min: 100, max: 300 }).map(day)),
      countsFrom: fc.constantFrom<PlanTerms['countsFrom']>('firstPayment', 'effectiveDate'),
      withinMonths: fc.option(fc.integer({ min: 1, max: 4 })),
      clawbackMonths: fc.integer({ min: 0, max: 6 }),
      tiers: fc
        .tuple(fc.integer({ min: 3, max: 10 }), reward, reward, fc.boolean())
        .map(([hundreds, first, second, replace]) => [
          { id: 'first', threshold: eur(hundreds * 100_00), reward: first, replace: false },
          {
            id: 'second',
            threshold: eur(hundreds * 150_00),
            reward: second,
            replace: replace && second.kind === 'fixed',
          },
        ]),
    });
    const step = fc.record({
      on: fc.nat(300),
      minor: fc.integer({ min: 1, max: 400_00 }),
      what: fc.constantFrom('pay', 'pay', 'pay', 'refund', 'annul'),
      deal: fc.constantFrom('one', 'two'),
    });
    const touch = fc.record({ on: fc.nat(200), member: fc.constantFrom('anna', 'bert', null) });
    let same = 0;
    fc.assert(
      fc.property(
        fc.array(terms, { minLength: 1, maxLength: 3 }),
        fc.array(touch, { maxLength: 4 }),
        fc.tuple(fc.nat(60), fc.nat(200)),
        fc.array(step, { minLength: 8, maxLength: 20 }),
        (all, touches, opened, steps) => {
          const versions = all.map((one, index) => version(one, index + 1));
          const lead = new LeadLife().touch(day(0), { member: 'cora' });
          for (const { on, member } of touches) lead.touch(day(on), { member });
          lead.deal(day(opened[0])).deal(day(opened[1]), 'two');
          const paid: { id: string; left: number; deal: string }[] = [];
          steps.forEach(({ on, minor, what, deal }, index) => {
            const before = historyOf(lead);
            const of = paid.find(({ left }) => left > 0);
            if (what === 'pay') {
              paid.push({ id: `p${index}`, left: minor, deal });
              lead.paid(day(on), eur(minor), `p${index}`, deal);
            } else if (of !== undefined) {
              const taken = what === 'annul' ? of.left : Math.min(of.left, minor);
              of.left -= taken;
              if (what === 'annul') lead.paymentAnnulled(day(on), of.id, of.deal);
              else lead.refunded(day(on), eur(taken), of.id, of.deal);
            }
            const after = historyOf(lead);
            const marking = markingOf([versions]);
            if (marksOf(marking, before, 'EUR') !== marksOf(marking, after, 'EUR')) return;
            const judged = [before, after].map((history) =>
              judge(versions, accountOf(history, 'EUR'), JUDGING).map(
                ({ tier, crossing, at, reward: due, members, lapsed, reversed, version: { version: number } }) => ({
                  ...{ tier, crossing, at, due, members, lapsed, number },
                  reversedBy: reversed?.eventId,
                }),
              ),
            );
            if ((judged[0]?.length ?? 0) > 0) same += 1;
            expect(judged[1]).toEqual(judged[0]);
          });
        },
      ),
      { numRuns: 600 },
    );
    expect(same).toBeGreaterThan(50);
  });
});
