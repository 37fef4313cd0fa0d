import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { DomainError } from '#kernel/errors.js';
import type { RecordSpendInput } from '../record-spend/record-spend.command.js';

export interface SpendOfCampaign {
  /** By name; null: spend on a channel alone. */
  readonly campaign: string | null;
  readonly spend: RecordSpendInput;
}

/** A list in which some items may be malformed: those keep their place and their error. */
export class RecordSpendsCommand extends Command<readonly (Outcome | DomainError)[]> {
  constructor(
    readonly context: CommandContext,
    readonly items: readonly (SpendOfCampaign | DomainError)[],
  ) {
    super();
  }
}
