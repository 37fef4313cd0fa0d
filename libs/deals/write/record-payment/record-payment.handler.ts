import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { uuidv5 } from '#kernel/ids.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { marginTableAt } from '../known-margins.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { RecordPaymentCommand, type RecordPaymentInput } from './record-payment.command.js';
import { recordPayment } from './record-payment.js';

export async function handleRecordPayment(
  deps: DealsDeps,
  { context, dealId, input }: DealCommand<RecordPaymentInput>,
): Promise<Outcome> {
  const paymentId = input.paymentId ?? uuidv5(context.commandId, 'payment');
  const asked = { context, dealId, input: { ...input, paymentId } };
  if (input.cost != null) return runDealCommand(deps, asked, recordPayment);
  const at = input.occurredAt ?? context.now;
  return runDealCommand(deps, asked, async (said, deal) => recordPayment(said, deal, await marginTableAt(deps, at)));
}

@CommandHandler(RecordPaymentCommand)
export class RecordPaymentHandler implements ICommandHandler<RecordPaymentCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: RecordPaymentCommand): Promise<Outcome> {
    return handleRecordPayment(this.deps, command);
  }
}
