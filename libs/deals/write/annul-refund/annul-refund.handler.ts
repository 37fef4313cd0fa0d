import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { DEALS_DEPS, type DealsDeps } from '../deals-deps.js';
import { runDealCommand, type DealCommand } from '../run-deal-command.js';
import { AnnulRefundCommand } from './annul-refund.command.js';
import { annulRefund, type AnnulRefund } from './annul-refund.js';

export async function handleAnnulRefund(deps: DealsDeps, command: DealCommand<AnnulRefund>): Promise<Outcome> {
  return runDealCommand(deps, command, annulRefund);
}

@CommandHandler(AnnulRefundCommand)
export class AnnulRefundHandler implements ICommandHandler<AnnulRefundCommand> {
  constructor(@Inject(DEALS_DEPS) private readonly deps: DealsDeps) {}

  execute(command: AnnulRefundCommand): Promise<Outcome> {
    return handleAnnulRefund(this.deps, command);
  }
}
