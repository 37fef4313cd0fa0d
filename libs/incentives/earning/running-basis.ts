import { parseDay, type DayNumber } from '#kernel/time.js';
import type { PlanTerms } from '../plan/terms.js';
import type { Movement } from './fold-account.js';
import type { ActiveVersion } from './standing.js';

/** First day of a plan: of the version that begins first. */
export const planStart = (versions: readonly ActiveVersion[]): DayNumber =>
  Math.min(...versions.map(({ terms }) => dayNumber(terms.effectiveFrom)));

/** The version that holds on a day: the one that begins last, of several that begin on one day the latest. */
export function versionOn(versions: readonly ActiveVersion[], day: DayNumber): ActiveVersion | null {
  let holds: ActiveVersion | null = null;
  for (const version of versions) {
    const { effectiveFrom, effectiveTo } = version.terms;
    if (dayNumber(effectiveFrom) > day || (effectiveTo !== null && dayNumber(effectiveTo) < day)) continue;
    const later =
      holds === null ||
      effectiveFrom > holds.terms.effectiveFrom ||
      (effectiveFrom === holds.terms.effectiveFrom && version.version > holds.version);
    if (later) holds = version;
  }
  return holds;
}

/** Whether a version's threshold counts it; `start`: the plan's first day. */
export const counts = ({ deal, payment }: Movement, terms: PlanTerms, start: DayNumber): boolean =>
  terms.dealKinds.includes(deal.kind) && (terms.countsFrom === 'firstPayment' || payment.day >= start);

const amountOf = (movement: Movement, terms: PlanTerms): number => movement[terms.basis] ?? 0;

/** The sum after each movement. */
export function runningOf(movements: readonly Movement[], terms: PlanTerms, start: DayNumber): readonly number[] {
  let sum = 0;
  return movements.map((movement) => (sum += counts(movement, terms, start) ? amountOf(movement, terms) : 0));
}

/** Of a plan's first and last days; they were judged before they were recorded. */
function dayNumber(text: string): DayNumber {
  let day = DAYS.get(text);
  if (day === undefined) DAYS.set(text, (day = parseDay(text) ?? 0));
  return day;
}
const DAYS = new Map<string, DayNumber>();
