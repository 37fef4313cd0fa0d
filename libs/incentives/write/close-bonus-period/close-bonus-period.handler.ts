import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Outcome } from '#event-store/command-context.js';
import { runPeriodCommand, STATEMENT_DEPS, type StatementDeps } from '../run-statement-command.js';
import { CloseBonusPeriodCommand } from './close-bonus-period.command.js';
import { closeBonusPeriod } from './close-bonus-period.js';

@CommandHandler(CloseBonusPeriodCommand)
export class CloseBonusPeriodHandler implements ICommandHandler<CloseBonusPeriodCommand> {
  constructor(@Inject(STATEMENT_DEPS) private readonly deps: StatementDeps) {}

  async execute(command: CloseBonusPeriodCommand): Promise<Outcome> {
    await this.deps.judged();
    return runPeriodCommand(this.deps, command, closeBonusPeriod);
  }
}
