import { moneyText, type MoneyText } from '#kernel/money.js';
import { parsePeriod, type Period } from '#kernel/period.js';
import { instantText } from '#kernel/time.js';
import { refuseUnknown, valueOf, type Query } from '#platform/questions/query-parameters.js';
import type { Warning } from '#platform/questions/read-side.js';
import { daysOf, grainOf } from '../../plan/bonus-period.js';
import type { BonusBook, BookPlan, Said, Trail } from '../../statements/bonus-book.js';
import type { Statement, StatementLine } from '../../statements/statement.js';
import { statementsOf, type WantedStatements } from '../../statements/statements-of.js';
import { askBook, type BonusSide, type BookHead } from '../book-question.js';
import { disputeItem, type DisputeItem } from '../disputes/answer-disputes.js';
import { notAuthenticated } from './not-authenticated.js';

/** Parts of what a line, or all lines of a statement, come to: earned = granted + held + capped + carried + forfeited. */
export type Parts = Readonly<Record<(typeof PARTS)[number], MoneyText>>;
export const PARTS = ['earned', 'granted', 'held', 'capped', 'carried', 'forfeited'] as const;

export interface LineItem extends Parts {
  readonly kind: StatementLine['kind'];
  readonly lead: string | null;
  readonly tier: string | null;
  readonly crossing: number | null;
  readonly at: string;
  readonly planVersion: number | null;
  readonly planHash: string | null;
  readonly eventId: string;
  readonly events: readonly string[];
  readonly steps: readonly { readonly label: string; readonly amount: MoneyText }[];
}

/** Who did something about a statement, and whether a key vouches for them. */
export interface DoneItem {
  readonly by: string;
  readonly at: string;
  readonly authenticated: boolean;
}

export interface StatementItem {
  readonly plan: string;
  readonly planName: string | null;
  readonly member: string;
  readonly period: string;
  readonly days: { readonly from: string; readonly to: string };
  readonly status: Statement['status'];
  readonly opening: MoneyText;
  readonly total: MoneyText;
  readonly payable: MoneyText;
  readonly closing: MoneyText;
  readonly sums: Parts;
  readonly lines: readonly LineItem[];
  readonly drafted: (DoneItem & { readonly hash: string; readonly isCurrent: boolean }) | null;
  readonly approved: (DoneItem & { readonly hash: string; readonly upTo: string }) | null;
  readonly paid:
    (DoneItem & { readonly on: string; readonly amount: MoneyText; readonly reference: string | null }) | null;
  readonly disputes: readonly DisputeItem[];
  /** What nobody vouches for, in words; empty where everything came with a key. */
  readonly notAuthenticated: readonly string[];
  readonly upTo: string;
  readonly hash: string;
}

export interface StatementsAnswer extends BookHead {
  readonly statements: readonly StatementItem[];
  readonly total: Parts & { readonly payable: MoneyText };
  readonly warnings: readonly Warning[];
}

export const STATEMENT_PARAMETERS = ['plan', 'period', 'member', 'status', 'knownAt', 'minPosition', 'format'] as const;

/**
 * Statements by plan, period and member, as they are or were known. `period` is a month or quarter, or a longer one whose statements are asked for: `2026`,
 * `FY2026`. Throws `QUERY.*`, `BONUS.BAD_PERIOD`.
 */
export function answerStatements(side: BonusSide, query: Query): Promise<StatementsAnswer> {
  refuseUnknown(query, STATEMENT_PARAMETERS);
  const wanted = { planId: valueOf(query, 'plan')?.toLowerCase(), member: valueOf(query, 'member') };
  const period = valueOf(query, 'period');
  const within = period === undefined ? null : periodIn(period, side.side.organisation.fiscalYearStart);
  const status = valueOf(query, 'status');
  return askBook(side, query, (book) => {
    const found = foundIn(book, wanted, within).filter(
      (statement) => status === undefined || statement.status === status,
    );
    return {
      statements: found.map((statement) => itemOf(book, statement)),
      total: totalOf(book.currency, found),
      warnings: found.flatMap((statement) => warningsOf(book, statement)),
    };
  });
}

function periodIn(text: string, fiscalYearStart: string): Period & { readonly text: string } {
  const period = parsePeriod(text, fiscalYearStart);
  if (period === null || period.to - period.from < SHORTEST) return daysOf(text); // which refuses it
  return { ...period, text };
}
/** Days from the first to the last of the shortest month. */
const SHORTEST = 27;

/** A month has its own statements, also one to come in which a debt goes on; anything longer those of the periods within it as well. */
function foundIn(
  book: BonusBook,
  wanted: WantedStatements,
  within: (Period & { readonly text: string }) | null,
): readonly Statement[] {
  if (within === null) return statementsOf(book, wanted);
  const { text, from, to } = within;
  const own = /^\d{4}-(Q\d|\d{2})$/.test(text) ? statementsOf(book, { ...wanted, period: text }) : [];
  if (to - from < LONGEST) return own;
  const others = statementsOf(book, wanted).filter(({ period }) => {
    const days = daysOf(period);
    return period !== text && days.from >= from && days.to <= to;
  });
  return [...own, ...others];
}
/** Days from the first to the last of the longest month, and one. */
const LONGEST = 31;

export function itemOf(book: BonusBook, statement: Statement): StatementItem {
  const { planId, member, period, status, currency, lines, hash } = statement;
  const plan = book.plans.get(planId);
  const trail = trailIn(plan, statement);
  const money = (minor: number): MoneyText => moneyText({ minor, currency });
  const { from, to } = daysOf(period);
  return {
    plan: planId,
    planName: [...(plan?.versions.values() ?? [])].at(-1)?.terms.name ?? null,
    member,
    period,
    days: { from: dayOf(from), to: dayOf(to) },
    status,
    opening: money(statement.opening),
    total: money(statement.total),
    payable: money(statement.payable),
    closing: money(statement.closing),
    sums: partsOf(currency, lines),
    lines: lines.map((line) => lineItem(currency, line)),
    drafted: doneOf(trail?.drafted, ({ data }) => ({ hash: data.hash, isCurrent: data.hash === hash })),
    approved: doneOf(trail?.approved, ({ data }) => ({ hash: data.hash, upTo: String(data.upTo) })),
    paid: doneOf(trail?.paid, ({ data }) => ({
      on: data.on,
      amount: money(data.amount),
      reference: data.reference,
    })),
    disputes: (trail?.disputes ?? []).map(disputeItem),
    notAuthenticated: notAuthenticated(plan, trail, statement),
    upTo: String(statement.upTo),
    hash,
  };
}

function lineItem(currency: string, line: StatementLine): LineItem {
  const { kind, leadId, tier, crossing, at, planVersion, planHash, eventId, events, steps } = line;
  return {
    ...{ kind, lead: leadId, tier, crossing, at: instantText(at), planVersion, planHash, eventId, events },
    ...partsOf(currency, [line]),
    steps: steps.map(({ label, minor }) => ({ label, amount: moneyText({ minor, currency }) })),
  };
}

export function partsOf(currency: string, lines: readonly StatementLine[]): Parts {
  const sum = (part: (typeof PARTS)[number]): MoneyText =>
    moneyText({ minor: lines.reduce((total, line) => total + line[part], 0), currency });
  return {
    earned: sum('earned'),
    granted: sum('granted'),
    held: sum('held'),
    capped: sum('capped'),
    carried: sum('carried'),
    forfeited: sum('forfeited'),
  };
}

function totalOf(currency: string, found: readonly Statement[]): StatementsAnswer['total'] {
  const lines = found.flatMap((statement) => statement.lines);
  const payable = found.reduce((sum, statement) => sum + statement.payable, 0);
  return { ...partsOf(currency, lines), payable: moneyText({ minor: payable, currency }) };
}

/** The statement and what was approved are made from the same events by the same rules; where they differ somebody should know. */
function warningsOf(book: BonusBook, statement: Statement): Warning[] {
  const approved = trailIn(book.plans.get(statement.planId), statement)?.approved ?? null;
  if (approved === null || approved.data.hash === statement.hash) return [];
  const { member, period } = statement;
  return [
    {
      code: 'STATEMENT_DIFFERS',
      detail: `the statement of ${member} for ${period} is not the one that was approved (${approved.data.hash})`,
    },
  ];
}

const trailIn = (plan: BookPlan | undefined, { member, period }: Statement): Trail | undefined =>
  plan?.chains.get(grainOf(period))?.accounts.get(member)?.trails.get(period);

function doneOf<Done extends Said, More>(
  done: Done | null | undefined,
  more: (done: Done) => More,
): (DoneItem & More) | null {
  if (done === null || done === undefined) return null;
  const { by, at, authenticated } = done;
  return { by, at: instantText(at), authenticated, ...more(done) };
}

const dayOf = (day: number): string => instantText(day * 86_400_000).slice(0, 10);
