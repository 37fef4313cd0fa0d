import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runStatementCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { RaiseDisputeCommand } from './raise-dispute.command.js';
import { raiseDispute } from './raise-dispute.js';

@CommandHandler(RaiseDisputeCommand)
export class RaiseDisputeHandler implements ICommandHandler<RaiseDisputeCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  execute(command: RaiseDisputeCommand): Promise<Outcome> {
    return runStatementCommand(this.deps, command, raiseDispute);
  }
}
