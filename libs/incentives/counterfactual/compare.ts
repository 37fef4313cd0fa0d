import type { BonusBook, BookEvent } from '../statements/bonus-book.js';
import { foldBook } from '../statements/fold-book.js';
import type { PeriodName } from '../plan/bonus-period.js';
import type { Statement } from '../statements/statement.js';
import { statementsOf } from '../statements/statements-of.js';

/** One member's statement of the period as it is and as it would be; amounts in minor units. */
export interface Difference {
  readonly member: string;
  /** null: there is none. */
  readonly before: Statement | null;
  readonly after: Statement | null;
  /** Of what the period's own lines grant, without what earlier periods left. */
  readonly inPeriod: number;
  /** Of what all periods grant. */
  readonly overall: number;
}

/** The book in which the leads' bonuses are these instead of what was recorded. What was drafted, approved and closed stays, at its moment. */
export function bookWith(
  events: readonly BookEvent[],
  planId: string,
  replayed: ReadonlyMap<string, readonly BookEvent[]>,
): BonusBook {
  const kept = events.filter(({ type, data }) => {
    if (!type.startsWith('bonus.')) return true;
    const bonus = data as { readonly planId: string; readonly leadId: string }; // as all bonus events have
    return bonus.planId !== planId || !replayed.has(bonus.leadId);
  });
  return foldBook([...kept, ...[...replayed.values()].flat()].sort((a, b) => a.position - b.position));
}

/** Everybody for whom the one book says something else than the other, by handle. */
export function differences(before: BonusBook, after: BonusBook, planId: string, period: PeriodName): Difference[] {
  const [old, other] = [byMember(before, planId), byMember(after, planId)];
  const found: Difference[] = [];
  for (const member of [...new Set([...old.keys(), ...other.keys()])].sort()) {
    const [was, would] = [old.get(member) ?? [], other.get(member) ?? []];
    const of = (all: readonly Statement[]): Statement | null => all.find((one) => one.period === period) ?? null;
    const difference = {
      member,
      before: of(was),
      after: of(would),
      inPeriod: granted([of(would)]) - granted([of(was)]),
      overall: granted(would) - granted(was),
    };
    if (difference.inPeriod !== 0 || difference.overall !== 0) found.push(difference);
  }
  return found;
}

const byMember = (book: BonusBook, planId: string): ReadonlyMap<string, Statement[]> =>
  Map.groupBy(statementsOf(book, { planId }), ({ member }) => member);

const granted = (statements: readonly (Statement | null)[]): number =>
  statements.reduce((sum, statement) => sum + (statement?.lines ?? []).reduce((all, line) => all + line.granted, 0), 0);
