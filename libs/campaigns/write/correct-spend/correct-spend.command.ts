import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { CorrectSpend } from './correct-spend.js';

/** `day`: that of the spend, which says where to find it. */
export interface CorrectSpendInput extends CorrectSpend {
  readonly day: string;
}

export class CorrectSpendCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    /** Whose spend: a campaign's id, or the account that `GET /spend` shows. */
    readonly account: Uuid,
    readonly input: CorrectSpendInput,
  ) {
    super();
  }
}
