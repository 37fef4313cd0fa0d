import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { RuleDispute } from './rule-dispute.js';

export class RuleDisputeCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly input: RuleDispute,
  ) {
    super();
  }
}
