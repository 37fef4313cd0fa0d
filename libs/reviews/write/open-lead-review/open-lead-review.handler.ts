import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { malformed } from '#kernel/errors.js';
import { uuidv5 } from '#kernel/ids.js';
import { parsePeriod } from '#kernel/period.js';
import { positionText } from '#kernel/position.js';
import { dayText } from '#kernel/time.js';
import type { ReviewScope } from '../../events/review-events.js';
import { REVIEW_DEPS, runReviewCommand, type ReviewDeps } from '../run-review-command.js';
import { OpenLeadReviewCommand, type AskedReview } from './open-lead-review.command.js';
import { openLeadReview } from './open-lead-review.js';

@CommandHandler(OpenLeadReviewCommand)
export class OpenLeadReviewHandler implements ICommandHandler<OpenLeadReviewCommand> {
  constructor(@Inject(REVIEW_DEPS) private readonly deps: ReviewDeps) {}

  /** The queue is looked for only while there is no such session yet. */
  async execute({ context, input }: OpenLeadReviewCommand): Promise<Outcome> {
    const { store, roster, organisation, findQueue } = this.deps;
    const named = input.owner === null ? null : await roster.resolve(input.owner);
    const scope = scopeOf({ ...input, owner: named }, organisation.fiscalYearStart);
    const id = uuidv5(context.commandId, 'review');
    const asked = { scope, occurredAt: input.occurredAt };
    return runReviewCommand(this.deps, { context, id, input: asked }, async (command, review) => {
      const head = await store.head();
      const items = review.opened === null ? await findQueue(scope, head) : [];
      return openLeadReview(command, review, { asOf: positionText(head), items });
    });
  }
}

/** Throws `REVIEW.PERIOD_REQUIRED`, `REVIEW.BAD_PERIOD` (400). */
function scopeOf({ period, from, to, owner, segment, channel }: AskedReview, fiscalYearStart: string): ReviewScope {
  const rest = { owner, segment, channel };
  if (period === null) {
    if (from !== null && to !== null) return { from, to, ...rest };
    throw malformed('REVIEW.PERIOD_REQUIRED', 'a lead review needs a period, or from and to');
  }
  if (from !== null || to !== null) throw malformed('REVIEW.BAD_PERIOD', 'period goes without from and to');
  const days = parsePeriod(period, fiscalYearStart);
  if (days === null)
    throw malformed('REVIEW.BAD_PERIOD', `"${period}" is not a period such as 2026, 2026-Q1, 2026-03 or FY2026`);
  return { from: dayText(days.from), to: dayText(days.to), ...rest };
}
