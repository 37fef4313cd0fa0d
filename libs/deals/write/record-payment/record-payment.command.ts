import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { RecordPayment } from './record-payment.js';

/** `paymentId` is derived from the command id where it is left out. */
export interface RecordPaymentInput extends Omit<RecordPayment, 'paymentId'> {
  readonly paymentId?: string;
}

export class RecordPaymentCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly dealId: Uuid,
    readonly input: RecordPaymentInput,
  ) {
    super();
  }
}
