import type { DealKind } from '#deals/events/deal-events.js';
import type { Fact } from '#figures/contribution/fact.js';
import type { Dims } from '#figures/history/dimensions.js';
import type { Moment, PaymentEntry } from '#figures/history/history.js';
import type { Team } from '#kernel/envelope.js';
import type { Instant } from '#kernel/time.js';
import type { TouchList } from './touch-list.js';

/** What credit needs to know of one lead and its deals (or of one deal without lead), and no more. Never changed in place. */
export interface CreditHistory {
  readonly lead: LeadCredit | null;
  readonly deals: readonly DealCredit[];
}

export interface LeadCredit {
  /** Null until its creation is seen. */
  readonly created: { readonly at: Instant; readonly position: number } | null;
  /** Where it is said to have come from: a touch of its own where none stands before it. */
  readonly origin: TouchOrigin;
  /** Those that a model of this processor may credit. */
  readonly touches: TouchList;
  /** A memo, not part of the history: where it came from, as the touch that it may stand for. */
  originTouch: CreditTouch | null;
  /** A memo, too: the open path as each group of models sees it. */
  openPaths: { readonly group: object; readonly fact: Fact | null }[] | null;
}

export interface TouchOrigin {
  readonly channel: string | null;
  readonly campaign: string | null;
  readonly content: string | null;
  readonly source: string | null;
  readonly medium: string | null;
}

export interface CreditTouch extends TouchOrigin {
  readonly touchId: string;
  readonly at: Instant;
  readonly position: number;
  readonly kind: string;
  readonly team: Team | null;
  /** Handle of the member who touched. */
  readonly member: string | null;
  /** A memo, not part of the history: made once, so that comparing facts is mostly `===`. */
  dims: Dims | null;
}

export interface DealCredit {
  /** Its stream. */
  readonly stream: string;
  readonly kind: DealKind;
  readonly openedAt: Instant;
  /** Null while it is not won. */
  readonly won: Moment | null;
  /** By (at, position). */
  readonly payments: readonly PaymentEntry[];
  readonly annulled: boolean;
}

export const NO_ORIGIN: TouchOrigin = { channel: null, campaign: null, content: null, source: null, medium: null };
