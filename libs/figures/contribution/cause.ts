/** Why a fact was written. `merge` arrives with LeadMerged. */
export const CAUSES = ['new-activity', 'late-touch', 'correction', 'refund', 'merge'] as const;
export type Cause = (typeof CAUSES)[number];

export const NEW_ACTIVITY = 0;
export const LATE_TOUCH = 1;
export const CORRECTION = 2;
export const REFUND = 3;

/** The cause of all facts of events that never report anything new; null: new activity, unless it takes facts of that metric back. */
export function causeOfEvent(type: string): number | null {
  switch (type) {
    case 'lead.touched':
      return LATE_TOUCH;
    case 'deal.payment-refunded':
      return REFUND;
    case 'lead.details-changed':
    case 'lead.touch-annulled':
    case 'lead.stage-annulled':
    case 'deal.amended':
    case 'deal.reopened':
    case 'deal.annulled':
    case 'deal.payment-annulled':
    case 'deal.refund-annulled':
    case 'spend.corrected':
      return CORRECTION;
    default:
      return null;
  }
}
