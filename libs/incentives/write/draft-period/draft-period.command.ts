import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import type { StatementKey } from '../../events/statement-events.js';

/** One answer a member, in order of the handles. */
export interface DraftOf {
  readonly member: string;
  readonly answer: Outcome | DomainError;
}

/** Everybody's statement of a plan's period. */
export class DraftPeriodCommand extends Command<readonly DraftOf[]> {
  constructor(
    readonly context: CommandContext,
    readonly of: Omit<StatementKey, 'member'>,
  ) {
    super();
  }
}
