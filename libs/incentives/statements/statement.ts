import type { Instant } from '#kernel/time.js';

/** One step of the arithmetic, in words and minor units; the steps of a line lead from the reward to what is granted. */
export interface Step {
  readonly label: string;
  readonly minor: number;
}

export interface StatementLine {
  readonly kind: 'milestone' | 'reversal' | 'adjustment' | 'pool' | 'ruling' | 'released' | 'carried' | 'written-off';
  readonly leadId: string | null;
  readonly tier: string | null;
  readonly crossing: number | null;
  /** Of the crossing or of what changed it. */
  readonly at: Instant;
  /** null of a ruling or a write-off, which stand on no version. */
  readonly planVersion: number | null;
  readonly planHash: string | null;
  /** The bonus's own event, and those of the ledger that it rests on. */
  readonly eventId: string;
  readonly events: readonly string[];
  readonly steps: readonly Step[];
  /** The member's part before acceptance, leaving and caps; signed. 0 of what was earned in an earlier line and held or carried since. */
  readonly earned: number;
  /** What of it is in the total. */
  readonly granted: number;
  /**
   * Not granted, and why: waits for acceptance; above a cap and gone or carried; left. Negative where the line takes from there.
   * earned = granted + held + capped + carried + forfeited.
   */
  readonly held: number;
  readonly capped: number;
  readonly carried: number;
  readonly forfeited: number;
}

/** A person's statement of a plan's period; amounts are minor units of the organisation's currency. */
export interface Statement {
  readonly planId: string;
  readonly member: string;
  readonly period: string;
  readonly currency: string;
  readonly status: 'open' | 'drafted' | 'approved' | 'paid';
  /** Everything up to this position is in it; of an approved one what its approver looked at. */
  readonly upTo: number;
  /** What the period before left below 0. */
  readonly opening: number;
  readonly lines: readonly StatementLine[];
  /** opening + granted of all lines */
  readonly total: number;
  /** max(0, total) */
  readonly payable: number;
  /** min(0, total): the next period's opening */
  readonly closing: number;
  readonly openDisputes: number;
  /** SHA-256 (hex) of the canonical JSON of all of the above but `status`, `upTo` and `openDisputes`: the same until it says something else. */
  readonly hash: string;
}
