import { rejudge, REJUDGED_TYPES, type Rejudged, type ToldEvent } from '../earning/rejudge.js';
import type { PlanDraftedData } from '../events/bonus-plan-events.js';
import { grainOf, type PeriodName } from '../plan/bonus-period.js';
import { planHash } from '../plan/plan-hash.js';
import { BOOK_EVENT_TYPES, type BonusBook, type BookEvent, type Trail } from '../statements/bonus-book.js';
import { foldBook } from '../statements/fold-book.js';
import type { Statement } from '../statements/statement.js';
import { statementOf, statementsOf, type WantedStatements } from '../statements/statements-of.js';

/** A line of an export. */
export interface ExportedEvent extends ToldEvent {
  /** 0 for a stream's first event. */
  readonly revision: number;
}

export interface VerifiedStatement {
  /** As it comes out of the export. */
  readonly statement: Statement;
  /** What was recorded of it says otherwise; empty where all agrees. */
  readonly problems: readonly string[];
  /** The hash that it was approved (else drafted) with; null: nobody drafted it yet. */
  readonly recordedHash: string | null;
}

export interface Verified {
  readonly events: number;
  /** What the export itself lacks or contradicts: without it nothing that follows proves anything. */
  readonly gaps: readonly string[];
  readonly judged: Rejudged;
  readonly plans: readonly string[];
  readonly statements: readonly VerifiedStatement[];
}

export interface Verification {
  /** The next event of the export; what bonuses do not stand on is looked at and forgotten. */
  take(event: ExportedEvent): void;
  /** After the last event: judges and states everything again. */
  finish(wanted?: WantedStatements): Verified;
}

/**
 * Works out every bonus and every statement again, from an export alone: each milestone is judged with what its evaluation knew, each statement is made from
 * its lines' events, and both are held against what was recorded. Takes the whole export, in order of position.
 */
export function verification(): Verification {
  const gaps = gapWatch();
  const kept: ExportedEvent[] = [];
  let events = 0;
  return {
    take(event) {
      events += 1;
      gaps.look(event);
      if (BOOK_TYPES.has(event.type) || REJUDGED_TYPES.has(event.type)) kept.push(event);
    },
    finish(wanted = {}) {
      const told = kept.filter(({ type }) => BOOK_TYPES.has(type)).map(bookEvent);
      const book = foldBook(told);
      return {
        events,
        gaps: gaps.found,
        judged: rejudge(kept),
        plans: kept.filter(({ type }) => type === 'bonusplan.drafted').flatMap(planProblems),
        statements: statementsOf(book, wanted).map((statement) => verified(book, told, statement)),
      };
    },
  };
}

/** Whether all that was recorded is what comes out. */
export const isVerified = ({ gaps, judged, plans, statements }: Verified): boolean =>
  gaps.length === 0 &&
  judged.differences.length === 0 &&
  plans.length === 0 &&
  statements.every(({ problems }) => problems.length === 0);

const BOOK_TYPES: ReadonlySet<string> = new Set(BOOK_EVENT_TYPES);

const bookEvent = (event: ExportedEvent): BookEvent => ({
  eventId: event.eventId,
  type: event.type,
  position: event.position,
  occurredAt: event.occurredAt,
  stream: event.stream,
  actor: event.actor.id,
  data: event.data(),
});

/** Events of a stream are numbered without a gap, positions grow. */
function gapWatch() {
  const found: string[] = [];
  const next = new Map<string, number>();
  let last = -1;
  return {
    found,
    look({ stream, revision, position, eventId }: ExportedEvent): void {
      const due = next.get(stream) ?? 0;
      if (revision !== due)
        found.push(`${stream}: event ${eventId} has the number ${revision} where ${due} is due: events are missing`);
      if (position <= last)
        found.push(`event ${eventId} at position ${position} does not lie behind the one before it`);
      next.set(stream, revision + 1);
      last = position;
    },
  };
}

function planProblems(event: ExportedEvent): string[] {
  const { planId, version, terms, hash } = event.data() as PlanDraftedData; // the type says so
  const due = planHash({ planId, version, terms });
  return due === hash ? [] : [`plan ${planId} version ${version}: its terms have the hash ${due}, signed was ${hash}`];
}

function verified(book: BonusBook, told: readonly BookEvent[], statement: Statement): VerifiedStatement {
  const trail = trailOf(book, statement);
  const problems = sumProblems(statement);
  const { approved, paid, drafted } = trail ?? { approved: null, paid: null, drafted: null };
  if (approved !== null) {
    const { hash, payable } = approved.data;
    if (hash !== statement.hash) problems.push(`approved was ${hash}, what comes out is ${statement.hash}`);
    if (payable !== statement.payable) problems.push(`approved was ${payable}, what comes out is ${statement.payable}`);
  }
  if (paid !== null && paid.data.amount !== statement.payable)
    problems.push(`paid was ${paid.data.amount}, what comes out is ${statement.payable}`);
  if (drafted !== null && approved === null) {
    // A draft says what was known then; what came since is not in it.
    const { upTo, hash } = drafted.data;
    const then = statementOf(
      foldBook(told.filter(({ position }) => position <= upTo)),
      ...([statement.planId, statement.member, statement.period] as const),
    );
    if (then?.hash !== hash)
      problems.push(`drafted was ${hash}, what comes out as of then is ${then?.hash ?? 'nothing'}`);
  }
  return { statement, problems, recordedHash: approved?.data.hash ?? drafted?.data.hash ?? null };
}

/** Each line's steps lead to what it grants, and lines and opening to the total. */
function sumProblems({ lines, opening, total, payable }: Statement): string[] {
  const found = lines.flatMap((line) => {
    const steps = line.steps.reduce((sum, { minor }) => sum + minor, 0);
    return steps === line.granted
      ? []
      : [`event ${line.eventId}: its steps lead to ${steps}, granted is ${line.granted}`];
  });
  const sum = lines.reduce((all, { granted }) => all + granted, opening);
  if (sum !== total || payable !== Math.max(0, total)) found.push(`its lines sum to ${sum}, its total is ${total}`);
  return found;
}

const trailOf = (
  book: BonusBook,
  { planId, member, period }: { planId: string; member: string; period: PeriodName },
): Trail | null =>
  book.plans.get(planId)?.chains.get(grainOf(period))?.accounts.get(member)?.trails.get(period) ?? null;
