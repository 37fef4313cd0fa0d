import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { uuidv5 } from '#kernel/ids.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { RefundPaymentCommand, type RefundPaymentInput } from './refund-payment.command.js';
import { refundPayment } from './refund-payment.js';

export async function handleRefundPayment(
  deps: DealsDeps,
  { context, dealId, input }: DealCommand<RefundPaymentInput>,
): Promise<Outcome> {
  const refundId = input.refundId ?? uuidv5(context.commandId, 'refund');
  const asked = { context, dealId, input: { ...input, refundId } };
  return runDealCommand(deps, asked, refundPayment);
}

@CommandHandler(RefundPaymentCommand)
export class RefundPaymentHandler implements ICommandHandler<RefundPaymentCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: RefundPaymentCommand): Promise<Outcome> {
    return handleRefundPayment(this.deps, command);
  }
}
