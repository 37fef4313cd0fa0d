import type { LeadReviewedData } from '#leads/events/lead-events.js';

/** What one reviewer said last of a pass, at intake or of how it ended. */
export interface Review {
  readonly pass: number;
  readonly phase: LeadReviewedData['phase'];
  /** Handle. */
  readonly by: string;
  /** 1 to 5; null: not judged. */
  readonly quality: number | null;
  readonly needs: readonly string[];
  readonly challenges: readonly string[];
  readonly helped: readonly string[];
  readonly wentWrong: readonly string[];
}

/** A reviewer's later word replaces the earlier one on the same pass and phase, in the place of the first. */
export function withReview(reviews: readonly Review[], review: Review): readonly Review[] {
  const known = reviews.findIndex(
    (other) => other.pass === review.pass && other.phase === review.phase && other.by === review.by,
  );
  return known < 0 ? [...reviews, review] : reviews.with(known, review);
}

/** What all reviewers together said of a pass in a phase; null: nobody reviewed it. */
export interface Judgement {
  /** The mean of those who judged it; null: nobody did. */
  readonly quality: number | null;
  /** Each code once, whoever named it. */
  readonly needs: readonly string[];
  readonly challenges: readonly string[];
  readonly helped: readonly string[];
  readonly wentWrong: readonly string[];
}

export function judgementOf(
  reviews: readonly Review[],
  pass: number,
  phase: LeadReviewedData['phase'],
): Judgement | null {
  const own = reviews.filter((review) => review.pass === pass && review.phase === phase);
  if (own.length === 0) return null;
  const grades = own.flatMap(({ quality }) => quality ?? []);
  const codes = (of: (review: Review) => readonly string[]): readonly string[] => [...new Set(own.flatMap(of))].sort();
  return {
    quality: grades.length === 0 ? null : grades.reduce((sum, grade) => sum + grade, 0) / grades.length,
    needs: codes(({ needs }) => needs),
    challenges: codes(({ challenges }) => challenges),
    helped: codes(({ helped }) => helped),
    wentWrong: codes(({ wentWrong }) => wentWrong),
  };
}
