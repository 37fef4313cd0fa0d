import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Dated } from '../../asked.js';
import type { PeriodName } from '../../plan/bonus-period.js';

export class CloseBonusPeriodCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly period: PeriodName,
    readonly input: Dated,
  ) {
    super();
  }
}
