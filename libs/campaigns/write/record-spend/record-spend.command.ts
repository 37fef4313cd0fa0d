import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { SpendValues } from '../spend-values.js';

/** `spendId` is derived from the command id, and the channel is the campaign's, where they are left out. */
export interface RecordSpendInput extends SpendValues {
  readonly spendId?: string;
  readonly day: string;
}

export class RecordSpendCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly campaignId: Uuid,
    readonly input: RecordSpendInput,
  ) {
    super();
  }
}
