import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { AnnulPaymentCommand } from './annul-payment.command.js';
import { annulPayment, type AnnulPayment } from './annul-payment.js';

export async function handleAnnulPayment(deps: DealsDeps, command: DealCommand<AnnulPayment>): Promise<Outcome> {
  return runDealCommand(deps, command, annulPayment);
}

@CommandHandler(AnnulPaymentCommand)
export class AnnulPaymentHandler implements ICommandHandler<AnnulPaymentCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: AnnulPaymentCommand): Promise<Outcome> {
    return handleAnnulPayment(this.deps, command);
  }
}
