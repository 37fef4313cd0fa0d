import type { Money } from '#kernel/money.js';
import type { DayNumber, Instant } from '#kernel/time.js';
import type { Split } from '../plan/terms.js';

/** What somebody says should have been otherwise. */
export interface Changes {
  /** Ids of events of the leads that never were: touches, payments, refunds. */
  readonly remove: ReadonlySet<string>;
  readonly touches: readonly AddedTouch[];
  readonly owners: readonly AddedOwners[];
  readonly costs: readonly AddedCost[];
  /** null: as the plan says. */
  readonly split: Split | null;
}

/** A touch that should have been recorded, by marketing. */
export interface AddedTouch {
  readonly lead: string;
  readonly at: Instant;
  readonly kind: string;
  readonly channel: string | null;
  readonly campaign: string | null;
  /** Handle; null: nobody's, as of a campaign. */
  readonly member: string | null;
}

/** Who should have owned a campaign from a day on. */
export interface AddedOwners {
  readonly campaign: string;
  readonly owners: readonly string[];
  readonly from: DayNumber;
}

/** What a payment should have cost. */
export interface AddedCost {
  readonly paymentId: string;
  readonly cost: Money;
}
