import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { RefundPayment } from './refund-payment.js';

/** `refundId` is derived from the command id where it is left out. */
export interface RefundPaymentInput extends Omit<RefundPayment, 'refundId'> {
  readonly refundId?: string;
}

export class RefundPaymentCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly dealId: Uuid,
    readonly input: RefundPaymentInput,
  ) {
    super();
  }
}
