import { accountOf, movementsOf, type AccountHistory, type Movement } from './fold-account.js';
import { counts, planStart, runningOf, versionOn } from './running-basis.js';
import type { ActiveVersion } from './standing.js';

/** No threshold was ever reached: nothing can stand, whoever touched. */
export const NO_MARKS = '';

/** Plans to look for marks of; made once for many accounts. */
export interface Marking {
  /** Active versions by plan. */
  readonly plans: readonly (readonly ActiveVersion[])[];
  readonly key: string;
}

export const markingOf = (plans: Marking['plans']): Marking => ({
  plans,
  key: JSON.stringify(plans.map((versions) => versions.map(({ hash, terms }) => [hash, terms.effectiveTo]))),
});

/**
 * What `judge` sees of an account's payments and refunds, as text: two accounts of a lead with the same marks and the same touches are
 * judged alike. Far cheaper than judging, and the same for most payments, which reach no threshold.
 */
export function marksOf({ plans }: Marking, history: AccountHistory | null, currency: string): string {
  if (history === null) return NO_MARKS;
  const movements = movementsOf(accountOf(history, currency));
  return movements.length === 0 ? NO_MARKS : plans.map((versions) => marksUnder(versions, movements)).join('');
}

/** Marks by lead, of the history that was asked for last: what a page left is what the next one begins with. */
export interface Marks {
  of(marking: Marking, history: AccountHistory | null, currency: string): string;
}

export function newMarks(): Marks {
  const byLead = new Map<string, { readonly history: AccountHistory; readonly marks: string }>();
  let under = '';
  return {
    of(marking, history, currency) {
      if (history === null) return NO_MARKS;
      if (under !== marking.key || byLead.size > REMEMBERED) byLead.clear();
      under = marking.key;
      const known = byLead.get(history.leadId);
      if (known?.history === history) return known.marks;
      const marks = marksOf(marking, history, currency);
      byLead.set(history.leadId, { history, marks });
      return marks;
    },
  };
}
const REMEMBERED = 20_000;

function marksUnder(versions: readonly ActiveVersion[], movements: readonly Movement[]): string {
  const start = planStart(versions);
  const marks = versions.flatMap((version) => {
    const { tiers, withinMonths } = version.terms;
    const sums = runningOf(movements, version.terms, start);
    const crossed = tiers.flatMap(({ id, threshold, reward }) => {
      const crossings = movements.filter(
        (_, place) => (sums[place - 1] ?? 0) < threshold.minor !== (sums[place] ?? 0) < threshold.minor,
      );
      if (crossings.length === 0) return [];
      // What is no fixed amount follows every payment.
      const those = reward.kind === 'fixed' ? crossings : movements;
      return [`${id} ${those.map(({ eventId }) => eventId).join(' ')}`];
    });
    if (crossed.length === 0) return [];
    const first = movements.find((one) => one.refund === null && counts(one, version.terms, start));
    return [`${version.hash} ${withinMonths === null ? '' : first?.day} ${crossed.join(',')}`];
  });
  if (marks.length === 0) return NO_MARKS;
  return `${marks.join(';')} ${versions.length < 2 ? '' : holdings(versions, movements)}`;
}

/** Which versions held one after the other while something moved: where one begins, whoever stands above its thresholds is out. */
function holdings(versions: readonly ActiveVersion[], movements: readonly Movement[]): string {
  const held = movements.map(({ day }) => versionOn(versions, day)?.version ?? '-');
  return held.filter((version, place) => version !== held[place - 1]).join(' ');
}
