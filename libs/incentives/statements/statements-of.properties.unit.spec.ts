import fc from 'fast-check';
import type { MemberAmount } from '../events/bonus-plan-events.js';
import { daysOf, nextPeriod } from '../plan/bonus-period.js';
import type { PlanTerms } from '../plan/terms.js';
import { BookLife, eur } from '../testing/book-life.js';
import { emptyBook, type BookEvent } from './bonus-book.js';
import { foldBook, takeIntoBook } from './fold-book.js';
import { statementsOf } from './statements-of.js';
import type { Statement, StatementLine } from './statement.js';

const MEMBERS = ['mia', 'max', 'lea'] as const;
const LEADS = ['l1', 'l2', 'l3', 'l4'] as const;
const PERIODS = ['2026-01', '2026-02', '2026-03', '2026-04'] as const;

type Step =
  | { readonly kind: 'earn'; readonly lead: string; readonly day: string; readonly amounts: readonly number[] }
  | { readonly kind: 'give-back'; readonly lead: string; readonly day: string; readonly parts: readonly number[] }
  | { readonly kind: 'reverse'; readonly lead: string; readonly day: string }
  | { readonly kind: 'pool'; readonly period: string; readonly amounts: readonly number[] }
  | { readonly kind: 'accept' | 'leave'; readonly member: string; readonly day: string }
  | { readonly kind: 'approve'; readonly member: string; readonly period: string; readonly back: number }
  | { readonly kind: 'close'; readonly period: string }
  | { readonly kind: 'version'; readonly terms: Partial<PlanTerms>; readonly accepts: readonly string[] }
  | { readonly kind: 'rule'; readonly member: string; readonly period: string; readonly minor: number };

const day = fc
  .tuple(fc.constantFrom(...PERIODS), fc.integer({ min: 1, max: 28 }))
  .map(([period, number]) => `${period}-${String(number).padStart(2, '0')}`);
const amounts = fc.array(fc.integer({ min: 0, max: 9_000 }), { minLength: 3, maxLength: 3 });
const lead = fc.constantFrom(...LEADS);
const member = fc.constantFrom(...MEMBERS);
const period = fc.constantFrom(...PERIODS);

const earning: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('earn' as const), lead, day, amounts }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('give-back' as const),
      lead,
      day,
      parts: fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 3, maxLength: 3 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('reverse' as const), lead, day }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('pool' as const), period, amounts }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('accept' as const, 'leave' as const), member, day }) },
);
const cap = fc.option(fc.integer({ min: 0, max: 15_000 }).map(eur), { nil: null });
const terms: fc.Arbitrary<Partial<PlanTerms>> = fc.record({
  caps: fc.record({ perPersonAndPeriod: cap, perPlanAndPeriod: cap, carryOver: fc.boolean() }),
  earnOn: fc.constantFrom<PlanTerms['earnOn']>({ moment: 'crossing' }, { moment: 'payday', daysAfterPeriod: 10 }),
  payees: fc.constantFrom<PlanTerms['payees']>({ team: 'marketing' }, { members: ['mia', 'lea'] }),
});

const freezing: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('approve' as const),
      member,
      period,
      back: fc.integer({ min: 0, max: 2 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('close' as const), period }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('rule' as const),
      member,
      period,
      minor: fc.integer({ min: -500, max: 500 }),
    }),
  },
);
const changing: fc.Arbitrary<Step> = fc.record({
  kind: fc.constant('version' as const),
  terms,
  accepts: fc.subarray([...MEMBERS]),
});
const steps = fc.array(fc.oneof({ weight: 3, arbitrary: earning }, { weight: 1, arbitrary: freezing }), {
  maxLength: 40,
});

/** The same where the plan changes meanwhile. */
const changes = fc.array(
  fc.oneof({ weight: 9, arbitrary: earning }, { weight: 3, arbitrary: freezing }, { weight: 1, arbitrary: changing }),
  { maxLength: 40 },
);

/** A ledger as the steps lead to it: nobody gives back more than they earned, and a tier that was reversed is reached anew. */
function told(
  plan: Partial<PlanTerms>,
  story: readonly Step[],
  after: (life: BookLife) => void = () => undefined,
): BookLife {
  const life = new BookLife().joined('mia').joined('max').joined('lea').plan(plan).accepted('mia');
  const standing = new Map<string, Held>();
  for (const step of story) {
    tell(life, standing, step);
    after(life);
  }
  return life;
}

interface Held {
  crossing: number;
  has: number[];
  /** Of the plan, when it was crossed. */
  version: number;
}

function tell(life: BookLife, standing: Map<string, Held>, step: Step): void {
  switch (step.kind) {
    case 'earn': {
      const known = standing.get(step.lead) ?? { crossing: 0, has: [], version: 1 };
      standing.set(step.lead, known);
      if (known.has.length === 0) {
        known.crossing += 1;
        known.has = [...step.amounts];
        known.version = life.events.filter(({ type }) => type === 'bonusplan.drafted').length;
        life.reached(step.day, named(step.amounts), { ...known, lead: step.lead });
      } else {
        known.has = known.has.map((minor, index) => minor + (step.amounts[index] ?? 0));
        life.adjusted(step.day, named(step.amounts), { ...known, lead: step.lead });
      }
      return;
    }
    case 'give-back': {
      const known = standing.get(step.lead);
      if (known === undefined || known.has.length === 0) return;
      const back = known.has.map((minor, index) => Math.floor((minor * (step.parts[index] ?? 0)) / 100));
      known.has = known.has.map((minor, index) => minor - (back[index] ?? 0));
      life.adjusted(step.day, named(back.map((minor) => -minor)), { ...known, lead: step.lead });
      return;
    }
    case 'reverse': {
      const known = standing.get(step.lead);
      if (known === undefined || known.has.length === 0) return;
      life.reversed(step.day, named(known.has), { ...known, lead: step.lead });
      known.has = [];
      return;
    }
    case 'pool':
      life.pool(step.period, `${nextPeriod(step.period)}-02`, named(step.amounts));
      return;
    case 'accept':
      life.accepted(step.member, step.day);
      return;
    case 'leave':
      life.left(step.member, step.day);
      return;
    case 'approve':
      life.approved(step.member, step.period, life.events.at(-1 - step.back)?.position);
      return;
    case 'close':
      life.closed(step.period);
      return;
    case 'version': {
      const version = life.events.filter(({ type }) => type === 'bonusplan.drafted').length + 1;
      life.plan(step.terms, version);
      for (const name of step.accepts) life.accepted(name, '2026-02-01', version);
      return;
    }
    case 'rule':
      life.ruled(step.member, step.period, step.period, { [step.member]: step.minor });
  }
}

const named = (minors: readonly number[]): Record<string, number> =>
  Object.fromEntries(MEMBERS.map((name, index) => [name, minors[index] ?? 0]));

const sum = (minors: readonly number[]): number => minors.reduce((total, minor) => total + minor, 0);
const allLines = (statements: readonly Statement[]): StatementLine[] => statements.flatMap(({ lines }) => lines);

/** What the ledger's events say that a member earned. */
function earnedOf(events: readonly BookEvent[], name: string): number {
  return sum(
    events.flatMap(({ type, data }) => {
      const { members, amounts: ruled } = data as { members?: MemberAmount[]; amounts?: MemberAmount[] }; // of this spec's own events
      if (!type.startsWith('bonus.') && type !== 'bonusplan.pool-evaluated' && type !== 'statement.ruled') return [];
      return (members ?? ruled ?? []).filter(({ member: of }) => of === name).map(({ minor }) => minor);
    }),
  );
}

describe('Statements of any history', () => {
  it('account for every unit that was earned', () => {
    fc.assert(
      fc.property(terms, changes, (plan, story) => {
        const life = told(plan, story);
        const statements = life.statements();
        for (const line of allLines(statements)) {
          const { earned, granted, held, capped, carried, forfeited } = line;
          expect(granted + held + capped + carried + forfeited).toBe(earned);
          expect(sum(line.steps.map(({ minor }) => minor))).toBe(granted);
        }
        for (const name of MEMBERS) {
          const own = statements.filter((statement) => statement.member === name);
          const lines = allLines(own);
          const total = (part: (line: StatementLine) => number): number => sum(lines.map(part));
          expect(total(({ earned }) => earned)).toBe(earnedOf(life.events, name));
          expect(sum(own.map(({ payable }) => payable)) + (own.at(-1)?.closing ?? 0)).toBe(
            total(({ granted }) => granted),
          );
          for (const part of ['held', 'capped', 'carried', 'forfeited'] as const)
            expect(total((line) => line[part])).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('never take back more than they granted', () => {
    fc.assert(
      fc.property(terms, changes, (plan, story) => {
        const has = new Map<string, number>();
        // In order of the periods, of each crossing and member.
        for (const { member: name, lines } of told(plan, story).statements()) {
          const changed = new Set<string>();
          for (const { leadId, crossing, granted } of lines) {
            if (leadId === null) continue;
            const key = `${name} ${leadId} ${crossing}`;
            has.set(key, (has.get(key) ?? 0) + granted);
            changed.add(key);
          }
          for (const key of changed) expect(has.get(key)).toBeGreaterThanOrEqual(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stay within the caps', () => {
    fc.assert(
      fc.property(terms, steps, (plan, story) => {
        const used = new Map<string, number>();
        for (const { period: of, lines } of told(plan, story).statements()) {
          const given = sum(
            lines
              .filter(({ kind, granted }) => granted > 0 && kind !== 'ruling' && kind !== 'written-off')
              .map(({ granted }) => granted),
          );
          expect(given).toBeLessThanOrEqual(plan.caps?.perPersonAndPeriod?.minor ?? Infinity);
          used.set(of, (used.get(of) ?? 0) + given);
        }
        for (const all of used.values())
          expect(all).toBeLessThanOrEqual(plan.caps?.perPlanAndPeriod?.minor ?? Infinity);
      }),
      { numRuns: 200 },
    );
  });

  it('never change once they are approved or their period is closed, whatever is recorded afterwards', () => {
    fc.assert(
      fc.property(terms, changes, (plan, story) => {
        const frozen = new Map<string, string>();
        told(plan, story, (life) => {
          const closed = life.events
            .filter(({ type }) => type === 'bonusperiod.closed')
            .map(({ data }) => data as { period: string }); // this spec's own
          for (const statement of life.statements()) {
            const { member: name, period: of, hash, status } = statement;
            const key = `${name} ${of}`;
            expect(frozen.get(key) ?? hash).toBe(hash);
            if (status === 'approved' || closed.some(({ period: one }) => one >= of)) frozen.set(key, hash);
          }
        });
      }),
      { numRuns: 150 },
    );
  });

  it('are the same whether they are asked for after every event or once', () => {
    fc.assert(
      fc.property(terms, changes, (plan, story) => {
        const { events } = told(plan, story);
        const books = emptyBook();
        for (const event of events) {
          takeIntoBook(books, event);
          statementsOf(books);
        }
        expect(statementsOf(books)).toEqual(statementsOf(foldBook(events)));
      }),
      { numRuns: 150 },
    );
  });

  it('do not depend on the order in which facts came to be known, as long as nothing is frozen', () => {
    const shuffled = fc.tuple(terms, fc.array(earning, { maxLength: 30 })).chain(([plan, story]) => {
      const { events } = told(plan, story);
      const order = fc.array(fc.nat(), { minLength: events.length, maxLength: events.length });
      return fc.record({ events: fc.constant(events), order });
    });
    fc.assert(
      fc.property(shuffled, ({ events, order }) => {
        const amountsOf = (all: readonly BookEvent[]) =>
          statementsOf(foldBook(all)).map(({ member: of, period: in_, total, lines }) => [of, in_, total, lines]);
        expect(amountsOf(interleaved(events, order))).toEqual(amountsOf(events));
      }),
      { numRuns: 200 },
    );
  });
});

/** Another order of recording: each lead's and each member's own events stay in theirs, and the plan's stand first. */
function interleaved(events: readonly BookEvent[], order: readonly number[]): BookEvent[] {
  const queues = new Map<string, BookEvent[]>();
  for (const event of events) {
    const { leadId, member: name, handle } = event.data as { leadId?: string; member?: string; handle?: string }; // of this spec's own events
    const accepts = event.type === 'bonusplan.accepted';
    const first = event.type === 'bonusplan.drafted' || event.type === 'bonusplan.signed';
    const key = first ? 'plan' : (leadId ?? (accepts ? `accepts ${name}` : (handle ?? 'pool')));
    queues.set(key, [...(queues.get(key) ?? []), event]);
  }
  const plan = queues.get('plan') ?? [];
  queues.delete('plan');
  const mixed = [...plan];
  for (const pick of order) {
    const open = [...queues.values()].filter((queue) => queue.length > 0);
    const next = open[pick % open.length]?.shift();
    if (next !== undefined) mixed.push(next);
  }
  return mixed.map((event, index) => ({ ...event, position: (index + 1) * 10 }));
}

describe('Periods of bonuses', () => {
  it('follow each other and have their days', () => {
    expect(nextPeriod('2026-12')).toBe('2027-01');
    expect(nextPeriod('2026-Q4')).toBe('2027-Q1');
    expect(daysOf('2026-02').to - daysOf('2026-02').from).toBe(27);
    expect(() => daysOf('2026')).toThrow('BONUS.BAD_PERIOD');
    expect(() => daysOf('2026-13')).toThrow('BONUS.BAD_PERIOD');
  });
});
