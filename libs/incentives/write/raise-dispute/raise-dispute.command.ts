import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { RaiseDispute } from './raise-dispute.js';
import type { StatementKey } from '../../events/statement-events.js';

export class RaiseDisputeCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly key: StatementKey,
    readonly input: RaiseDispute,
  ) {
    super();
  }
}
