import { Command } from '@nestjs/cqrs';
import type { CommandContext, Outcome } from '#event-store/command-context.js';
import type { Uuid } from '#kernel/ids.js';
import type { EvaluatePool } from './evaluate-pool.js';

export class EvaluatePoolCommand extends Command<Outcome> {
  constructor(
    readonly context: CommandContext,
    readonly planId: Uuid,
    readonly input: EvaluatePool,
  ) {
    super();
  }
}
