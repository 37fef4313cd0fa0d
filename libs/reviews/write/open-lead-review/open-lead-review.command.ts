import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Instant } from '#kernel/time.js';

/** A period by name, or its days. */
export interface AskedReview {
  readonly period: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Handle or alias. */
  readonly owner: string | null;
  readonly segment: string | null;
  readonly channel: string | null;
  readonly occurredAt?: Instant;
}

export class OpenLeadReviewCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: AskedReview,
  ) {
    super();
  }
}
